"""From purchase lines to the gaps between each customer's purchase days, as an Ibis expression."""

from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _

from guanxi.analytical.value.facts import purchase_days


def gap_statistics(lines: ir.Table, as_of: date) -> ir.Table:
    """One row per party with sums of gaps between its purchase days up to `as_of`: fields of `PastGaps`, in days."""
    days = purchase_days(lines, as_of).filter(_.is_purchase).select("party", "day")
    order = ibis.window(group_by="party", order_by="day")
    gaps = days.mutate(before=_.day.lag().over(order)).mutate(gap=lambda t: t["day"].delta(t["before"], unit="day"))
    logs = gaps.mutate(gap=_.gap.cast("float64"), log=_.gap.cast("float64").ln())
    totals = logs.group_by("party").aggregate(
        count=_.gap.count(),
        total=_.gap.sum().fill_null(0.0),
        log_total=_.log.sum().fill_null(0.0),
        log_squares=(_.log * _.log).sum().fill_null(0.0),
        last=_.gap.argmax(_.day).fill_null(0.0),
        latest=_.day.max(),
    )
    return totals.mutate(elapsed=ibis.literal(as_of).delta(totals["latest"], unit="day")).drop("latest")
