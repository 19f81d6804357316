"""Which customer will need which category again, and when: the purchase cycle of `lifecycle`, category by category.

Assumes what the purchase cycle assumes, above all that the customer goes on buying the category here; who is gone stays
on the list as overdue until the caller's bound takes them off.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.basket.interactions import numbered
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.lifecycle import GapMethod, NextGap, PastGaps, nearest_gap_method, next_gap_scores, next_gaps

TENTH = float(norm.ppf(0.9))  # between the bounds lie four fifths
ENOUGH = 30  # customers with two gaps, before a category is judged by itself


@dataclass(frozen=True, slots=True, eq=False)
class Replenishment:
    """One element per customer and category bought on two days or more; days, negative in the past.

    due: days from the as-of day until the category is as likely bought as not; low, high: the next purchase falls
    between them in 80 % of cases. typical: the length of the cycle. elapsed: days since the last purchase. purchases:
    days it was bought. category: number of the label in `categories`. methods: the method of each category.
    """

    party: NDArray[Any]
    category: Integers
    due: Array
    low: Array
    high: Array
    typical: Array
    elapsed: Array
    purchases: Array
    categories: NDArray[Any]
    methods: tuple[GapMethod, ...]

    def __len__(self) -> int:
        return len(self.party)

    @property
    def overdue(self) -> NDArray[np.bool_]:
        """True where the customer has waited longer than four of five cycles, and a half of the fifth, last."""
        return np.asarray(self.high < 0)

    def chance_within(self, days: float) -> Array:
        """Chance that each customer buys the category in the next `days`, having waited so long and not gone away.

        Read off the log-normal distribution that has this cycle's median and interval: exact for the personal mean and
        the log-normal method, near for the Poisson-gamma. It ranks better than the day due, which passes over the
        overdue; as nobody is taken for gone, low chances come out too high.
        """
        if not days >= 0:
            raise AnalysisError("days count from the as-of day on: they are not below 0.")
        middle = np.log(self.typical)
        spread = np.log((self.high + self.elapsed) / (self.low + self.elapsed)) / (2 * TENTH)
        with np.errstate(divide="ignore"):
            now, then = (norm.logsf((np.log(time) - middle) / spread) for time in (self.elapsed, self.elapsed + days))
        return np.asarray(-np.expm1(then - now))

    def due_within(self, days: float, *, overdue_by: float = 0.0) -> Integers:
        """Rows to act on, the soonest first: due in at most `days`, and due at most `overdue_by` days ago.

        Equally due: customers and categories in ascending order.
        """
        if not (days >= 0 and overdue_by >= 0):
            raise AnalysisError("days and overdue_by count from the as-of day on and back: neither is below 0.")
        chosen = np.flatnonzero((self.due <= days) & (self.due >= -overdue_by))
        return chosen[np.argsort(self.due[chosen], kind="stable")]


def replenishment(table: Any, *, method: GapMethod | None = None) -> Replenishment:
    """When each customer is due in each category, from the rows of `category_gaps` as an Arrow table.

    All categories use `method`, each fitted to its own gaps. Without one, each category uses the method that
    came nearest there (`next_gap_scores`); categories where fewer than 30 customers have two gaps borrow the method of
    all categories together, but keep their own cycle where anybody has one.
    NotEnoughDataError when nobody bought a category on two days.
    """
    gaps = PastGaps.from_table(table)
    category, categories = numbered(table["category"], "category")
    if table["party"].null_count:
        raise AnalysisError("party is missing somewhere.")
    party = table["party"].to_numpy()
    again = np.flatnonzero(gaps.count > 0)
    if not len(again):
        raise NotEnoughDataError("Nobody has bought a category on two days, so nothing is due again.")
    again = again[np.lexsort((category[again], party[again]))]
    gaps, category, party = _rows(gaps, again), category[again], party[again]
    usual = method or _nearest(gaps, GapMethod.LOG_NORMAL)
    next_gap = {name: np.empty(len(again)) for name in ("typical", "low", "high")}
    methods = [usual] * len(categories)
    by_category = np.argsort(category, kind="stable")
    ends = np.cumsum(np.bincount(category, minlength=len(categories)))
    for number, rows in enumerate(np.split(by_category, ends[:-1])):
        if len(rows):
            own = _rows(gaps, rows)
            if method is None and (own.count >= 2).sum() >= ENOUGH:
                methods[number] = _nearest(own, usual)
            found: NextGap = next_gaps(own, method=methods[number])
            for name, values in next_gap.items():
                values[rows] = getattr(found, name)
    return Replenishment(
        party=party,
        category=category,
        due=next_gap["typical"] - gaps.elapsed,
        low=next_gap["low"] - gaps.elapsed,
        high=next_gap["high"] - gaps.elapsed,
        typical=next_gap["typical"],
        elapsed=gaps.elapsed,
        purchases=gaps.count + 1,
        categories=categories,
        methods=tuple(methods),
    )


def _nearest(gaps: PastGaps, otherwise: GapMethod) -> GapMethod:
    return nearest_gap_method(next_gap_scores(gaps)) if (gaps.count >= 2).any() else otherwise


def _rows(gaps: PastGaps, rows: Integers) -> PastGaps:
    return PastGaps(*(getattr(gaps, field.name)[rows] for field in fields(gaps)))
