"""Did the customers land in the arms in the shares that were drawn? If not, nothing else may be believed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from guanxi.analytical.arrays import column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError

ALARM = 0.001
SMALLEST = 1e-12


@dataclass(frozen=True, slots=True)
class RatioCheck:
    """Pearson's χ² of the counts of the arms against their shares, and its p-value."""

    chi_square: float
    p: float

    @property
    def is_ok(self) -> bool:
        """False below p = 0.001: customers were lost or added in one arm more than in another."""
        return self.p >= ALARM


def sample_ratio(counts: Sequence[int], shares: Sequence[float]) -> RatioCheck:
    """Compare units per arm with the shares drawn (any positive numbers in proportion); Fabijan et al. (2019)."""
    seen, drawn = column(counts, "counts", lowest=0), column(shares, "shares", lowest=0)
    same_length(counts=seen, shares=drawn)
    if len(seen) < 2 or not (drawn > SMALLEST * drawn.sum()).all():
        raise AnalysisError("A sample ratio needs two arms or more, each with a share above 0.")
    if seen.sum() < 1:
        raise NotEnoughDataError("No unit has been assigned yet.")
    expected = seen.sum() * drawn / drawn.sum()
    statistic = float(np.sum((seen - expected) ** 2 / expected))
    return RatioCheck(statistic, float(chi2.sf(statistic, len(seen) - 1)))
