"""From purchase lines to what each customer bought how often, as Ibis expressions.

`lines`: a table with columns party, at (timestamp), amount (double; only lines above 0 count), order_id and item or
category (integer or text). Rows without a party or without an item are left out. Days are calendar days of `at`.
"""

from datetime import date, timedelta
from math import log

import ibis
import ibis.expr.types as ir
from ibis import _

from guanxi.analytical.arrays import positive
from guanxi.analytical.lifecycle import gap_statistics


def item_counts(
    lines: ir.Table, as_of: date, *, after: date | None = None, half_life: float | None = None, item: str = "item"
) -> ir.Table:
    """One row per party and item bought after the day `after` and up to `as_of`: party, item, weight.

    weight: the number of orders that held the item. With `half_life` (days) each order counts 1 when it is of the
    as-of day, half when it is that old, a quarter when it is twice as old. `item` names the column to count by.
    """
    bought = lines.filter(_.party.notnull(), _[item].notnull(), _.amount > 0, _.at < _start(as_of))
    if after is not None:
        bought = bought.filter(_.at >= _start(after))
    orders = bought.group_by("party", "order_id", item=_[item]).aggregate(day=_.at.max().date())
    if half_life is None:
        return orders.group_by("party", "item").aggregate(weight=_.count().cast("float64"))
    positive(half_life, "half_life")
    aged = orders.mutate(age=ibis.literal(as_of).delta(orders["day"], unit="day").cast("float64"))
    return aged.group_by("party", "item").aggregate(weight=(_.age * (-log(2) / half_life)).exp().sum())


def category_gaps(lines: ir.Table, as_of: date) -> ir.Table:
    """One row per party and category: the sums of `gap_statistics` over the days it bought of that category."""
    return gap_statistics(lines.filter(_.category.notnull()), as_of, by=("party", "category"))


def _start(day: date) -> ir.Value:
    """The first moment after `day`."""
    return ibis.literal(day + timedelta(days=1)).cast("timestamp")
