"""The tables are what the models say, and whoever changes a model is told what is missing."""

import pytest
from click.testing import CliRunner

from guanxi.foundation.company.models import Company
from guanxi.foundation.errors import UserError
from guanxi.site.commands.migrations import command, missing_migrations


def test_the_migrations_say_what_the_models_say() -> None:
    assert missing_migrations() == []


def test_a_model_that_changed_without_a_migration_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Company._meta.get_field("name"), "max_length", 7)
    with pytest.raises(UserError, match=r"company\..*Nothing was written"):
        CliRunner().invoke(command, ["--check"], catch_exceptions=False)
