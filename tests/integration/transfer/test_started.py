"""What was started stands: a form that was opened before and comes in late changes nothing."""

from typing import Any

import pytest

from guanxi.foundation.company.models import Company
from guanxi.foundation.errors import UserError
from guanxi.integration.transfer.actions import map_columns, read_again, start_import
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.place import place_of
from tests.integration.transfer.files import received
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(company: Company) -> Import:
    """An import as its page saw it, which somebody else has started since."""
    seen = received("Number,Name\n1,Ann\n", kind="customers", source="web-shop")
    start_import(import_=seen, by=None, at=NOW)
    assert seen.state == Import.State.PREPARING
    return seen


def stored(import_: Import) -> tuple[Any, ...]:
    facts = Import.objects.values_list("kind", "source_key", "mapping", "choices", "reading", "rows").get(pk=import_.pk)
    return (*facts, place_of(import_.pk).rows.read_bytes())


def test_a_late_mapping_is_refused(late: Import) -> None:
    before = stored(late)
    with pytest.raises(UserError, match="has been started"):
        map_columns(import_=late, kind="customers", source="till", mapping={"0": "name"}, choices={})
    assert stored(late) == before


def test_a_late_reading_is_refused_and_the_rows_stay(late: Import) -> None:
    before = stored(late)
    with pytest.raises(UserError, match="has been started"):
        read_again(import_=late, kind="transactions", changes={"header": 0})
    assert stored(late) == before
