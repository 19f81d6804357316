"""From purchase lines to the gaps between each customer's purchase days, as an Ibis expression."""

from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _

from guanxi.analytical.value.facts import purchase_days


def gap_statistics(lines: ir.Table, as_of: date, *, by: tuple[str, ...] = ("party",)) -> ir.Table:
    """One row per party with sums of gaps between its purchase days up to `as_of`: fields of `PastGaps`, in days.

    With more columns in `by`, one row per party and these, say its category.
    """
    days = purchase_days(lines, as_of, by=by).filter(_.is_purchase).select(*by, "day")
    order = ibis.window(group_by=by, order_by="day")
    gaps = days.mutate(before=_.day.lag().over(order)).mutate(gap=lambda t: t["day"].delta(t["before"], unit="day"))
    logs = gaps.mutate(gap=_.gap.cast("float64"), log=_.gap.cast("float64").ln())
    totals = logs.group_by(*by).aggregate(
        count=_.gap.count(),
        total=_.gap.sum().fill_null(0.0),
        log_total=_.log.sum().fill_null(0.0),
        log_squares=(_.log * _.log).sum().fill_null(0.0),
        last=_.gap.argmax(_.day).fill_null(0.0),
        latest=_.day.max(),
    )
    return totals.mutate(elapsed=ibis.literal(as_of).delta(totals["latest"], unit="day")).drop("latest")
