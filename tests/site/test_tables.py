import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    told = io.StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=told, no_color=True)
    except (SystemExit, CommandError):
        pytest.fail(f"the models have changed without a migration:\n{told.getvalue()}")
