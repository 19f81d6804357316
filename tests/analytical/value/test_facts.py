"""From purchase lines to one row per customer: what counts as a purchase, a day, a return."""

from datetime import date, datetime
from typing import Any

import ibis
import ibis.expr.types as ir
import pytest

from guanxi.analytical.value import (
    Histories,
    Statistics,
    calibration_and_holdout,
    count_histories,
    purchase_statistics,
    rfm,
)

Line = tuple[int | None, str, float, str]
AS_OF = date(2024, 1, 31)


def lines(*rows: Line) -> ir.Table:
    columns = {"party": "int64", "at": "timestamp", "amount": "float64", "order_id": "string"}
    values = [(party, datetime.fromisoformat(at), amount, order) for party, at, amount, order in rows]
    return ibis.memtable(values, schema=columns)


def rows(table: ir.Table) -> list[dict[str, Any]]:
    return list(ibis.duckdb.connect().to_pyarrow(table.order_by("party")).to_pylist())


ANN = (
    (1, "2024-01-01 09:00", 10.0, "a"),
    (1, "2024-01-01 18:00", 20.0, "b"),
    (1, "2024-01-11 23:59", 60.0, "c"),
    (1, "2024-01-12 08:00", -25.0, "r"),
    (1, "2024-01-31 23:59", 30.0, "d"),
    (1, "2024-02-01 00:00", 999.0, "after"),
)


def test_days_are_counted_not_orders_and_returns_stand_apart() -> None:
    [ann] = rows(purchase_statistics(lines(*ANN), AS_OF))
    assert (ann["frequency"], ann["recency"], ann["T"], ann["days"], ann["orders"]) == (2, 30, 30, 3, 4)
    assert (ann["sales"], ann["returns"], ann["revenue"]) == (120, 25, 95)
    assert (ann["mean_value"], ann["repeat_value"]) == (40, 45)
    assert (ann["first"], ann["last"]) == (date(2024, 1, 1), AS_OF)


def test_who_only_returned_is_no_customer_and_a_line_without_one_is_left_out() -> None:
    only = lines((2, "2024-01-05", -5.0, "r"), (None, "2024-01-05", 5.0, "x"), (3, "2024-01-05", 0.0, "gift"))
    assert rows(purchase_statistics(only, AS_OF)) == []


def test_a_free_line_counts_where_it_is_told_to() -> None:
    [free] = rows(purchase_statistics(lines((3, "2024-01-05", 0.0, "gift")), AS_OF, count_free=True))
    assert (free["days"], free["sales"], free["repeat_value"]) == (1, 0, 0)


def test_an_empty_table_gives_no_customers() -> None:
    nothing = purchase_statistics(lines(), AS_OF)
    assert rows(nothing) == []
    assert len(Histories.from_table(ibis.duckdb.connect().to_pyarrow(nothing))) == 0


def test_the_holdout_begins_on_the_day_after_and_ends_with_its_last_day() -> None:
    table = lines(
        (1, "2024-01-10", 5.0, "a"),
        (1, "2024-01-31 12:00", 5.0, "b"),
        (1, "2024-02-01 00:00", 7.0, "c"),
        (1, "2024-02-10 23:59", 8.0, "d"),
        (1, "2024-02-11 00:00", 9.0, "e"),
        (2, "2024-01-10", 5.0, "f"),
    )
    ann, bob = rows(calibration_and_holdout(table, AS_OF, days=10))
    assert (ann["days"], ann["future_days"], ann["future_sales"]) == (2, 2, 15)
    assert (bob["future_days"], bob["future_sales"]) == (0, 0)


def test_scores_split_customers_into_fifths_and_equal_customers_always_alike() -> None:
    table = lines(*((party, f"2024-01-{party:02}", 10.0 * (party % 7 + 1), f"{party}") for party in range(1, 21)))
    scored = rows(rfm(table, AS_OF))
    assert [row["r"] for row in scored] == [1] * 4 + [2] * 4 + [3] * 4 + [4] * 4 + [5] * 4
    assert [row["f"] for row in scored] == [row["r"] for row in scored]
    assert sorted(row["m"] for row in scored) == [1] * 4 + [2] * 4 + [3] * 4 + [4] * 4 + [5] * 4
    assert max(scored, key=lambda row: row["revenue"])["m"] == 5


def test_histories_counted_in_the_database_are_those_counted_here() -> None:
    table = purchase_statistics(lines(*((party, "2024-01-09", 4.0, f"{party}") for party in range(9)), *ANN), AS_OF)
    counted = ibis.duckdb.connect().to_pyarrow(count_histories(table)).to_pydict()
    there = Statistics.counted(*(counted[name] for name in ("frequency", "recency", "T", "count")))
    assert (
        there.customers
        == Statistics.of(Histories.from_table(ibis.duckdb.connect().to_pyarrow(table))).customers
        == pytest.approx(9)
    )
