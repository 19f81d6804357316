"""The axes that purchases tell of, as Ibis expressions: one row per customer. Attitude and strength come from people.

`lines` are those of `value.purchase_statistics`, with the further columns that each function names.
"""

from datetime import date, timedelta
from math import inf

import ibis
import ibis.expr.types as ir
from ibis import _

from guanxi.analytical.arrays import positive
from guanxi.analytical.errors import AnalysisError


def relationship_axes(statistics: ir.Table, *, margin: float, cost_to_serve: float = 0.0) -> ir.Table:
    """Axes of `reinartz_kumar` from rows of `value.purchase_statistics`: party, profit, duration (days).

    profit: margin (a share of revenue) times revenue, less `cost_to_serve` for each order. duration: days from the
    first to the last purchase, which is known, where the article has an expected duration, which is not. AnalysisError
    unless margin is above 0 and cost_to_serve 0 or more.
    """
    positive(margin, "margin")
    if not 0 <= cost_to_serve < inf:
        raise AnalysisError(f"cost_to_serve must be 0 or more and finite, it is {cost_to_serve:g}.")
    return statistics.select(
        "party",
        profit=_.revenue * margin - _.orders * cost_to_serve,
        duration=_.recency.cast("float64"),
    )


def growth_axes(lines: ir.Table, after: date, until: date) -> ir.Table:
    """Axes of `growth_matrix` for who bought after the day `after` up to `until`: party, sales, tenure, new_share.

    `lines` have an item too. tenure: days from the customer's first purchase to `after`, below 0 for new customers.
    new_share: share of the customer's sales of the period in items that nobody had bought up to `after`.
    """
    paid = lines.filter(
        _.party.notnull(), _.amount > 0, _.at < ibis.literal(until + timedelta(days=1)).cast("timestamp")
    )
    start = ibis.literal(after + timedelta(days=1)).cast("timestamp")
    item_first = paid.group_by("item").aggregate(item_first=_.at.min())
    dated = paid.left_join(item_first, "item").drop("item_right")
    customers = dated.group_by("party").aggregate(
        first=dated["at"].min().date(),
        sales=dated["amount"].sum(where=dated["at"] >= start).fill_null(0.0),
        new_sales=dated["amount"].sum(where=dated["item_first"] >= start).fill_null(0.0),
    )
    buyers = customers.filter(_.sales > 0)
    return buyers.select(
        "party",
        "sales",
        tenure=ibis.literal(after).delta(buyers["first"], unit="day").cast("float64"),
        new_share=_.new_sales / _.sales,
    )


def brand_usage_axes(lines: ir.Table, after: date, until: date) -> ir.Table:
    """Axes of `brand_usage` for those who bought after the day `after` up to `until`: party, own_share, usage.

    `lines` are of one category and have a truth value is_own, whether the brand is ours. usage: sales of all brands.
    """
    paid = lines.filter(
        _.party.notnull(),
        _.amount > 0,
        _.at >= ibis.literal(after + timedelta(days=1)).cast("timestamp"),
        _.at < ibis.literal(until + timedelta(days=1)).cast("timestamp"),
    )
    totals = paid.group_by("party").aggregate(own=_.amount.sum(where=_.is_own).fill_null(0.0), usage=_.amount.sum())
    return totals.select("party", "usage", own_share=_.own / _.usage)
