"""Recency, frequency, monetary value: Hughes (1994), Strategic Database Marketing. Quintiles, 5 is best."""

from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _

from guanxi.analytical.value.facts import purchase_statistics

SCORES = 5


def rfm(lines: ir.Table, as_of: date) -> ir.Table:
    """`purchase_statistics` with hiatus (days since the last purchase) and the scores r, f and m from 1 to 5.

    Each score cuts the customers into five groups of equal size (to within one): r by hiatus, f by orders, m by
    revenue. Equal customers are told apart by party, so every engine gives the same scores.
    """
    return rfm_scores(purchase_statistics(lines, as_of))


def rfm_scores(statistics: ir.Table) -> ir.Table:
    """Add hiatus, r, f and m to rows of `purchase_statistics` that exist already."""
    customers = statistics.mutate(hiatus=_["T"] - _.recency)
    return customers.mutate(
        r=_quintile(customers["hiatus"].desc()),
        f=_quintile(customers["orders"].asc()),
        m=_quintile(customers["revenue"].asc()),
    )


def _quintile(order: ir.Value) -> ir.Value:
    return ibis.ntile(SCORES).over(ibis.window(order_by=[order, _.party])) + 1
