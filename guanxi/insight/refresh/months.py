"""The company month by month: everything that was sold, lines without a customer included."""

from typing import Any

import ibis.expr.types as ir
from ibis import _

from guanxi.foundation.history import store
from guanxi.insight.refresh.reading import LINES
from guanxi.insight.refresh.work import Work

KEPT = 36


def sum_months(work: Work) -> dict[str, Any]:
    """Answers the last three years: per month the net sales, of these until the same day of the month as today, and of
    these without a customer. `first` and `last` are the days the history covers."""
    with store().read() as reading:
        reading.duck.execute(f"SET TimeZone = '{work.timezone}'")
        lines = reading.table(LINES).mutate(day=_.at.date()).filter(_.day <= work.day)
        ends = lines.aggregate(first=_.day.min(), last=_.day.max()).to_pyarrow().to_pylist()[0]
        months = _months(lines, work.day.day).to_pyarrow().to_pylist()
    return {
        "first": ends["first"] and ends["first"].isoformat(),
        "last": ends["last"] and ends["last"].isoformat(),
        "months": [month | {"month": month["month"].strftime("%Y-%m")} for month in months[-KEPT:]],
    }


def _months(lines: ir.Table, day: int) -> ir.Table:
    return (
        lines.group_by(month=_.day.truncate("M"))
        .aggregate(
            net=_.amount.sum().round(2),
            to_date=_.amount.sum(where=_.day.day() <= day).fill_null(0.0).round(2),
            anonymous=_.amount.sum(where=_.external_id.isnull()).fill_null(0.0).round(2),
        )
        .order_by("month")
    )
