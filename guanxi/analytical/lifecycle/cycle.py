"""Each customer's own purchase cycle, borrowed from all customers as far as the own gaps are few.

Assumptions: (1) the logarithm of the days between two purchase days is normal around a personal mean, with one spread
for everybody; (2) the personal means are normal over the customers. The estimate is the empirical-Bayes mean of Efron &
Morris (1975), "Data analysis using Stein's estimator", JASA 70, 311-319; the two spreads come from the analysis of
variance. Only completed gaps count, so a customer who is silent now looks a little quicker than they are.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from guanxi.analytical.arrays import Array, column, dot, same_length
from guanxi.analytical.errors import NotEnoughDataError

SMALLEST_SPREAD = 1e-6  # variance of logarithms: regular as a clock


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """Per customer: how many gaps between purchase days, the sum of their logarithms and of the squares of these."""

    count: Array
    log_sum: Array
    log_squares: Array

    @classmethod
    def of(cls, count: ArrayLike, log_sum: ArrayLike, log_squares: ArrayLike) -> Self:
        """Checked columns of one length, gaps in days."""
        gaps = cls(
            column(count, "count", lowest=0), column(log_sum, "log_sum"), column(log_squares, "log_squares", lowest=0)
        )
        same_length(count=gaps.count, log_sum=gaps.log_sum, log_squares=gaps.log_squares)
        return gaps


@dataclass(frozen=True, slots=True)
class Cycle:
    """The population: mean log gap, variance within a customer, variance between customers' means."""

    mean: float
    within: float
    between: float

    def own(self, gaps: Gaps) -> tuple[Array, Array]:
        """Posterior mean and variance of each customer's mean log gap; without a gap, the population's."""
        weight = gaps.count * self.between / (gaps.count * self.between + self.within)
        seen = np.divide(gaps.log_sum, gaps.count, out=np.full(len(gaps.count), self.mean), where=gaps.count > 0)
        return weight * seen + (1.0 - weight) * self.mean, (1.0 - weight) * self.between

    def typical(self, gaps: Gaps, *, level: float = 0.8) -> tuple[Array, Array, Array]:
        """Median days between purchases of each customer, with the interval that holds it with chance `level`."""
        mean, variance = self.own(gaps)
        reach = norm.ppf(0.5 + level / 2) * np.sqrt(variance)
        return np.exp(mean), np.exp(mean - reach), np.exp(mean + reach)

    def silence(self, gaps: Gaps, chance: float) -> Array:
        """Days of silence that only a share `chance` of the customer's gaps exceed."""
        mean, variance = self.own(gaps)
        return np.asarray(np.exp(mean + norm.ppf(1.0 - chance) * np.sqrt(variance + self.within)), dtype=np.float64)


def fit_cycle(gaps: Gaps) -> Cycle:
    """The population behind the gaps. NotEnoughDataError when nobody came twice."""
    n, total = gaps.count, float(gaps.count.sum())
    if not total:
        raise NotEnoughDataError("Nobody has bought on two days, so there is no purchase cycle to learn.")
    came_back = n > 0
    n, sums = n[came_back], gaps.log_sum[came_back]
    own = sums / n
    inside = float(gaps.log_squares[came_back].sum() - (n * own**2).sum())
    freedom = total - len(n)
    within = max(inside / freedom if freedom > 0 else inside / max(total, 1.0), SMALLEST_SPREAD)
    across = float((n * (own - sums.sum() / total) ** 2).sum())
    effective = total - float((n**2).sum()) / total
    between = (across - (len(n) - 1) * within) / effective if effective > 0 else 0.0
    between = max(between, SMALLEST_SPREAD)
    # Every customer counts by how surely the own mean is known, or the frequent buyers would be the population.
    sureness = 1.0 / (between + within / n)
    return Cycle(dot(sureness, own) / float(sureness.sum()), within, between)
