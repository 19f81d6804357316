"""Figures of one customer from his days, where an engine could choose otherwise."""

from datetime import UTC, date, datetime

import ibis
import pyarrow as pa
import pytest

from guanxi.insight.refresh.statistics import statistics

AS_OF = date(2011, 12, 9)


def days(*bought: date) -> ibis.Table:
    columns = {
        "party": pa.array([1] * len(bought), pa.int64()),
        "day": list(bought),
        **{name: pa.array([1] * len(bought), pa.int64()) for name in ("orders", "lines")},
        **{name: [float(name == "sales")] * len(bought) for name in ("sales", "returns")},
        **{
            name: [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in bought]
            for name in ("first_at", "last_at")
        },
    }
    return ibis.memtable(pa.table(columns))


@pytest.mark.parametrize("last_first", [False, True])
def test_of_two_silences_alike_the_later_one_counts(last_first: bool) -> None:
    bought = [date(2011, 1, 1), date(2011, 2, 1), date(2011, 3, 4), date(2011, 3, 5)]
    (row,) = statistics(days(*(reversed(bought) if last_first else bought)), AS_OF).to_pyarrow().to_pylist()
    assert (row["gap_longest"], row["returned"]) == (31, date(2011, 3, 4))


def test_who_bought_once_has_not_returned() -> None:
    (row,) = statistics(days(date(2011, 1, 1)), AS_OF).to_pyarrow().to_pylist()
    assert (row["gap_longest"], row["returned"]) == (None, None)
