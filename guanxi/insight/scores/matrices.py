"""The matrices of loyalty: profit by duration of the year's customers, and new by known of the quarter's."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guanxi.analytical.segments import Segments, growth_matrix, quantile_cuts, reinartz_kumar
from guanxi.insight.scores.figures import QUARTER, Figures, Flags, Floats
from guanxi.insight.scores.terms import Terms

MONTH = 30  # days


@dataclass(frozen=True)
class Matrix:
    """The segments of those customers for whom `some` is true, in their order."""

    some: Flags
    segments: Segments

    @property
    def names(self) -> NDArray[Any]:
        """The segment of every customer; empty for who is in none."""
        named = np.full(len(self.some), "", dtype="U16")
        named[self.some] = np.array(self.segments.names)[self.segments.segment]
        return named

    def cells(self, money: Floats) -> dict[str, dict[str, float]]:
        """By segment: customers, and the sum of `money`, one figure a customer of all."""
        sums = np.bincount(self.segments.segment, money[self.some], len(self.segments.names))
        counts = self.segments.counts.items()
        return {
            name: {"customers": count, "money": round(float(each), 2)}
            for (name, count), each in zip(counts, sums, strict=True)
        }


def loyalty(figures: Figures, terms: Terms, cuts: tuple[float, float]) -> Matrix:
    """Profit of the last 365 days by duration, of who bought in them, cut at these."""
    some = figures["days_year"] > 0
    profit, duration = _earned(figures, terms)[some], figures["recency"][some]
    return Matrix(some, reinartz_kumar(profit, duration, profit_cut=cuts[0], duration_cut=cuts[1]))


def loyalty_cuts(figures: Figures, terms: Terms) -> tuple[float, float]:
    """Of profit and duration: medians of the year's customers, as two digits and whole months, which seldom move."""
    some = figures["days_year"] > 0
    if not some.any():
        return 0.0, float(MONTH)
    (profit,), (duration,) = (quantile_cuts(each[some]) for each in (_earned(figures, terms), figures["recency"]))
    return _plain(profit), max(round(duration / MONTH), 1) * float(MONTH)


def _earned(figures: Figures, terms: Terms) -> Floats:
    """Of each customer in the last 365 days."""
    return terms.profit(figures["days_year"], figures.net("_year"))


def growth(figures: Figures) -> Matrix:
    """Customers of the last quarter, by whether they are new and whether most of what they bought is.

    Nobody's before there is a quarter of history to have been known in.
    """
    bought = np.nan_to_num(figures["sales_quarter"])
    some = (bought > 0) & (np.max(figures["T"], initial=0.0) >= 2 * QUARTER)
    share = np.minimum(np.nan_to_num(figures["new_sales"])[some] / bought[some], 1.0)
    return Matrix(some, growth_matrix(figures["T"][some] - QUARTER, share))


def _plain(value: float) -> float:
    """The same with two digits that count, in whole money: as it is shown."""
    return round(float(f"{value:.2g}")) + 0.0
