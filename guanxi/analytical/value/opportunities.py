"""What the BG/BB reads: who took how many of the opportunities so far, and which was the last one taken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, column, positive, same_length
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.value.histories import distinct


@dataclass(frozen=True, slots=True, eq=False)
class Opportunities:
    """Histories over yes-or-no opportunities (a year's appeal, a cruise season), each shared by `count` customers.

    frequency: opportunities taken after the first purchase. recency: number of the last one taken, 0 for none.
    offered: opportunities there were. All are whole numbers.
    """

    frequency: Array
    recency: Array
    offered: Array
    count: Array

    @classmethod
    def of(cls, frequency: ArrayLike, recency: ArrayLike, offered: ArrayLike, count: ArrayLike = 1.0) -> Opportunities:
        """Checked histories in the order given: one a customer, or with `count` where equal ones are counted already.

        AnalysisError unless the numbers are whole, frequency ≤ recency ≤ offered, and both are 0 or neither is.
        """
        x = column(frequency, "frequency", lowest=0)
        t_x, n = column(recency, "recency", lowest=0), column(offered, "offered", lowest=0)
        weight = column(np.full(len(x), count) if np.ndim(count) == 0 else count, "count", lowest=0)
        same_length(frequency=x, recency=t_x, offered=n, count=weight)
        if any((each != np.floor(each)).any() for each in (x, t_x, n)):
            raise AnalysisError("frequency, recency and offered are whole numbers of opportunities.")
        if (x > t_x).any() or (t_x > n).any() or ((x == 0) & (t_x > 0)).any():
            raise AnalysisError(
                "Not a history: frequency ≤ recency ≤ offered, and recency is 0 where nothing was taken."
            )
        return cls(x, t_x, n, weight)

    def counted(self) -> Opportunities:
        """The distinct histories with their counts: all that a fit needs."""
        codes, rows = distinct(self.frequency, self.recency, self.offered)
        count = np.bincount(codes, weights=self.count, minlength=len(rows)).astype(np.float64)
        rows, count = rows[count > 0], count[count > 0]
        return Opportunities(self.frequency[rows], self.recency[rows], self.offered[rows], count)

    @property
    def customers(self) -> float:
        """How many customers stand behind the rows."""
        return float(self.count.sum())

    def __len__(self) -> int:
        return len(self.frequency)


def same_share(opportunities: Opportunities, *, ahead: int) -> Array:
    """The baseline: each row takes the share of the next `ahead` opportunities that it took so far; 0 without any."""
    positive(ahead, "ahead")
    taken = np.zeros(len(opportunities))
    np.divide(opportunities.frequency, opportunities.offered, out=taken, where=opportunities.offered > 0)
    return taken * ahead
