"""What is known of the times between a customer's purchases, reduced to a few sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from guanxi.analytical.arrays import Array, column, same_length
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.lifecycle.cycle import Gaps

SLACK = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class PastGaps:
    """Gaps between a customer's purchase days, in days, one element per customer; 0 everywhere for one-time buyers.

    count: number of gaps. total: their sum. log_total, log_squares: sums of their logarithms and of the squares of
    these. last: the latest gap. elapsed: days since the last purchase.
    """

    count: Array
    total: Array
    log_total: Array
    log_squares: Array
    last: Array
    elapsed: Array

    @classmethod
    def from_table(cls, table: Any) -> PastGaps:
        """From the rows of `gap_statistics` as an Arrow table, in its order; AnalysisError where none are such."""
        names = ("count", "total", "log_total", "log_squares", "last", "elapsed")
        found = cls(**{name: column(table[name].to_numpy(), name, lowest=0) for name in names})
        most = np.log(np.maximum(found.total, 1.0)) + SLACK
        came_back = found.count > 0
        if (
            (came_back & ((found.last < 1) | (found.total < found.last)))
            | (found.log_total > found.count * most)
            | (found.log_squares > found.count * most**2)
        ).any():
            raise AnalysisError("These are no sums of gaps of whole days: a last gap or a logarithm is impossible.")
        return found

    @classmethod
    def of(cls, gaps: list[list[float]], elapsed: list[float]) -> PastGaps:
        """From each customer's gaps in order of time. AnalysisError when a gap is not above 0."""
        each = [column(g, "gaps") for g in gaps]
        if any(g.size and g.min() <= 0 for g in each):
            raise AnalysisError("Two purchase days of a customer cannot be the same day: a gap is above 0.")
        logs = [np.log(g) for g in each]
        waiting = column(elapsed, "elapsed", lowest=0)
        same_length(gaps=np.empty(len(each)), elapsed=waiting)
        return cls(
            count=np.array([len(g) for g in each], dtype=np.float64),
            total=np.array([g.sum() for g in each]),
            log_total=np.array([g.sum() for g in logs]),
            log_squares=np.array([(g**2).sum() for g in logs]),
            last=np.array([g[-1] if g.size else 0.0 for g in each]),
            elapsed=waiting,
        )

    @property
    def logarithms(self) -> Gaps:
        """What the log-normal model reads of them."""
        return Gaps(self.count, self.log_total, self.log_squares)

    def without_last(self) -> PastGaps:
        """What was known before the latest gap, of the customers who have two gaps or more."""
        some = self.count >= 2
        last = self.last[some]
        return PastGaps(
            self.count[some] - 1,
            self.total[some] - last,
            self.log_total[some] - np.log(last),
            self.log_squares[some] - np.log(last) ** 2,
            last,
            last,
        )
