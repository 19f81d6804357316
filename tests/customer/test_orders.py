import pytest
from django.db import connection

from guanxi.customer.listing.orders import ORDERS, Mark, page, parts, read_mark
from guanxi.customer.models import Party

pytestmark = pytest.mark.django_db


def plan(sort: str, mark: Mark | None) -> str:
    """How the first stretch of a list is read when the planner may choose any index but neither scan nor sort."""
    part = parts(sort)[0]
    rows = Party.objects.filter(part.only).order_by(*part.ordering()).select_related("reading")
    if mark:
        rows = rows.filter(part.after(mark))
    sql, values = rows[:40].query.sql_with_params()
    with connection.cursor() as cursor:
        for way in ("seqscan", "sort", "hashjoin", "mergejoin", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {sql}", values)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize("sort", [f"{sign}{name}" for name in ORDERS for sign in ("", "-")])
def test_every_order_is_read_from_an_index_and_never_sorted(sort: str) -> None:
    assert "Sort" not in plan(sort, None), plan(sort, None)


@pytest.mark.parametrize(("sort", "value"), [("name", "wang"), ("-expected_value", 12.5), ("expected_value", 12.5)])
def test_a_deep_page_enters_the_index_at_its_mark(sort: str, value: object) -> None:
    deep = plan(sort, Mark(0, value, 7))
    assert "Sort" not in deep
    assert "Index Cond" in deep


def test_a_mark_survives_the_address() -> None:
    for sort, value in (("name", "wang 王"), ("-expected_value", 0.1 + 0.2)):
        assert read_mark(Mark(0, value, 7).written(), sort) == Mark(0, value, 7)


def test_an_empty_list_has_no_next_page() -> None:
    assert page(Party.objects.values("pk", "sort_key"), "name", None, 40) == ([], None)
