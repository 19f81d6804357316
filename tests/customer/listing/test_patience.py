"""A list whose walk takes too long shows the same customers as one that is quick."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast

from guanxi.customer.listing import patience
from guanxi.customer.listing.orders import page, sorting_paths
from guanxi.customer.models import Computation, Party, Reading
from guanxi.foundation.company.models import Company
from tests.customer.incoming import known
from tests.world import NOW

pytestmark = pytest.mark.django_db
SORTS = ("name", "-expected_value", "expected_value", "-created")
Pages = list[list[object]]


@pytest.fixture
def crowd(company: Company) -> None:
    """Seven customers; of four, what they are worth is known."""
    computation = Computation.objects.create(as_of=NOW, published_at=NOW)
    for number, name in enumerate(("Ada", "Bo", "Cy", "Di", "Eve", "Flo", "Gus")):
        party = known(name)
        if number % 2 == 0:
            Reading.objects.create(party=party, computation=computation, expected_value=100 - number // 3)


def pages(sort: str, *, is_narrow: bool) -> Pages:
    """The keys on every page of a list, two to a page."""
    rows = Party.objects.filter(kind=Party.Kind.PERSON).values("pk", *sorting_paths(sort))
    found, mark, more = [], None, True
    while more:
        shown, mark = page(rows, sort, mark, 2, is_narrow=is_narrow)
        found.append([row["pk"] for row in shown])
        more = mark is not None
    return found


@pytest.mark.parametrize("few", [0, 5_000])
@pytest.mark.parametrize("sort", SORTS)
def test_a_list_that_was_gathered_reads_as_one_that_was_walked(
    crowd: None, monkeypatch: pytest.MonkeyPatch, sort: str, few: int
) -> None:
    def too_long(*_given: object) -> None:
        raise patience.TooLong

    quick = pages(sort, is_narrow=True)
    monkeypatch.setattr(patience, "_walked", too_long)
    monkeypatch.setattr(patience, "FEW", few)
    assert pages(sort, is_narrow=True) == quick == pages(sort, is_narrow=False)
    assert len(quick) > 1


def test_a_walk_that_takes_too_long_is_given_up_and_leaves_the_request_working(
    crowd: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "WALK_MILLISECONDS", 20)
    slept = Cast(Func(Value(0.5), function="pg_sleep"), TextField())
    slow: QuerySet[Party, Any] = Party.objects.annotate(slept=slept).filter(slept="").order_by(F("pk")).values("pk")
    with pytest.raises(patience.TooLong):
        patience._walked(slow, 2)
    assert Party.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",), "the limit ends with the walk"
