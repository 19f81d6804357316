"""From purchase lines to one row per customer, as Ibis expressions: the database does the work, in its own memory.

`lines` everywhere: a table with columns party (integer or text; rows without one are left out), at (timestamp),
amount (double; below zero is a return) and order_id. Days are calendar days of `at`; every result includes the as-of
day itself and nothing after it.
"""

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
from ibis import _


def purchase_statistics(lines: ir.Table, as_of: date, *, count_free: bool = False) -> ir.Table:
    """One row per party that bought something up to and including the day `as_of`.

    frequency: days with a purchase after the first such day. recency: days from the first to the last of them.
    T: days from the first to `as_of`. first, last: dates. days: frequency + 1. orders: distinct orders with a purchase.
    sales: sum of amounts above zero. returns: sum of amounts below zero, as a positive number. revenue: sales minus
    returns. mean_value: sales per purchase day. repeat_value: the same without the first day (0 without a repeat).
    A day counts as a purchase day when something was paid for; with `count_free` a free line is enough.
    """
    days = purchase_days(lines, as_of, count_free=count_free)
    customers = days.group_by("party").aggregate(
        days=_.is_purchase.sum(),
        first=_.day.min(where=_.is_purchase),
        last=_.day.max(where=_.is_purchase),
        orders=_.orders.sum(),
        sales=_.sales.sum(),
        returns=_.returns.sum(),
        first_sales=_.sales.argmin(_.day, where=_.is_purchase),
    )
    bought = customers.filter(_.days > 0)
    repeats = (_.days - 1).cast("float64")
    return bought.select(
        "party",
        "first",
        "last",
        "days",
        "orders",
        "sales",
        "returns",
        frequency=_.days - 1,
        recency=bought["last"].delta(bought["first"], unit="day"),
        T=ibis.literal(as_of).delta(bought["first"], unit="day"),
        revenue=_.sales - _.returns,
        mean_value=_.sales / _.days,
        repeat_value=ibis.ifelse(_.days > 1, (_.sales - _.first_sales) / repeats.nullif(0.0), 0.0),
    )


def purchase_days(
    lines: ir.Table, as_of: date, *, by: tuple[str, ...] = ("party",), count_free: bool = False
) -> ir.Table:
    """One row per party and day with any line up to `as_of`: orders, sales, returns, is_purchase.

    `by` may name more columns than the party: then one row per party, these and day.
    """
    known = lines.filter(_.party.notnull(), _.at < ibis.literal(as_of + timedelta(days=1)).cast("timestamp"))
    is_purchase = (_.amount >= 0) if count_free else (_.amount > 0)
    orders = known.group_by(*by, "order_id", day=_.at.date()).aggregate(
        sales=_.amount.sum(where=_.amount > 0).fill_null(0.0),
        returns=-_.amount.sum(where=_.amount < 0).fill_null(0.0),
        is_purchase=is_purchase.any(),
    )
    return orders.group_by(*by, "day").aggregate(
        orders=_.is_purchase.sum(), sales=_.sales.sum(), returns=_.returns.sum(), is_purchase=_.is_purchase.any()
    )


def outcomes(lines: ir.Table, after: date, until: date, *, count_free: bool = False) -> ir.Table:
    """One row per party that bought after the day `after`, up to and including `until`: future_days, future_sales."""
    later = lines.filter(_.at >= ibis.literal(after + timedelta(days=1)).cast("timestamp"))
    bought = purchase_days(later, until, count_free=count_free).filter(_.is_purchase)
    return bought.group_by("party").aggregate(future_days=_.count(), future_sales=_.sales.sum())


def calibration_and_holdout(lines: ir.Table, as_of: date, *, days: int, count_free: bool = False) -> ir.Table:
    """`purchase_statistics` as known on `as_of`, with what the same customers did in the `days` after it.

    Two columns more, 0 for who did not buy: future_days (purchase days) and future_sales. `backtest` judges by them.
    """
    future = outcomes(lines, as_of, as_of + timedelta(days=days), count_free=count_free).rename(future_party="party")
    known = purchase_statistics(lines, as_of, count_free=count_free)
    joined = known.left_join(future, known["party"] == future["future_party"]).drop("future_party")
    return joined.mutate(future_days=_.future_days.fill_null(0), future_sales=_.future_sales.fill_null(0.0))


def count_histories(statistics: ir.Table) -> ir.Table:
    """Distinct (frequency, recency, T) of `purchase_statistics` with their `count`: input of `Statistics.counted`."""
    return statistics.group_by("frequency", "recency", "T").aggregate(count=_.count())
