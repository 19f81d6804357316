"""When the next purchase is due, "day 41 of a 34-day cycle": two models of the next gap and the baseline to beat.

Assumes that a customer goes on buying; who is gone is another question (`value.probability_alive`). Poisson-gamma: gaps
are exponential, their rates gamma between customers (Ehrenberg 1959), which suits irregular buyers. Log-normal: the
model of `fit_cycle`, which suits regular ones. `next_gap_scores` tells which came nearer.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import digamma, gammaln
from scipy.stats import norm

from guanxi.analytical.arrays import Array
from guanxi.analytical.lifecycle.cycle import fit_cycle
from guanxi.analytical.lifecycle.past_gaps import PastGaps
from guanxi.analytical.value.fitting import least

LEVEL = 0.8
REACH = float(norm.ppf(0.5 + LEVEL / 2))
STARTS = ((1.0, 1.0), (5.0, 5.0))


class GapMethod(StrEnum):
    """Ways to forecast the next gap; the baseline is the customer's own mean gap."""

    PERSONAL_MEAN = "personal_mean"
    POISSON_GAMMA = "poisson_gamma"
    LOG_NORMAL = "log_normal"


@dataclass(frozen=True, slots=True, eq=False)
class NextGap:
    """The next gap of each customer in days: as often longer as shorter than `typical`, in 80 % between low and high.

    elapsed: days gone since the last purchase, so elapsed / typical is how far the customer is through the cycle.
    """

    method: str
    typical: Array
    low: Array
    high: Array
    elapsed: Array

    @property
    def overdue(self) -> Array:
        """True for customers who have waited longer than `high`."""
        return np.asarray(self.elapsed > self.high)


def personal_mean_gap(gaps: PastGaps) -> NextGap:
    """Own mean gap, or the median of all customers' means for one-time buyers; bounds by the usual spread of logs."""
    means = gaps.total / np.maximum(gaps.count, 1)
    usual = float(np.median(means[gaps.count > 0]))
    typical = np.where(gaps.count > 0, gaps.total / np.maximum(gaps.count, 1), usual)
    factor = np.exp(REACH * np.sqrt(fit_cycle(gaps.logarithms).within))
    return NextGap(GapMethod.PERSONAL_MEAN, typical, typical / factor, typical * factor, gaps.elapsed)


def poisson_gamma_gap(gaps: PastGaps) -> NextGap:
    """Gaps are exponential with a personal rate; rates are gamma. The next gap is then Lomax distributed."""
    r, alpha = _fit_rates(gaps)
    shape, rate = r + gaps.count, alpha + gaps.total
    low, typical, high = (rate * np.expm1(-np.log1p(-u) / shape) for u in (0.5 - LEVEL / 2, 0.5, 0.5 + LEVEL / 2))
    return NextGap(GapMethod.POISSON_GAMMA, typical, low, high, gaps.elapsed)


def _fit_rates(gaps: PastGaps) -> tuple[float, float]:
    """Shape and rate of the gamma distribution of rates: the likeliest for the gaps seen."""
    some = gaps.count > 0
    n, total = gaps.count[some], gaps.total[some]
    scale = float(total.sum() / n.sum())

    def loss(parameters: Array) -> tuple[float, Array]:
        r, alpha = parameters
        spread = alpha + total / scale
        value = gammaln(r + n) - gammaln(r) + r * np.log(alpha) - (r + n) * np.log(spread)
        by_r = digamma(r + n) - digamma(r) + np.log(alpha) - np.log(spread)
        by_alpha = r / alpha - (r + n) / spread
        return -float(value.mean()), -np.array([by_r.mean(), by_alpha.mean()])

    r, alpha = least(loss, STARTS).parameters
    return float(r), float(alpha * scale)


def log_normal_gap(gaps: PastGaps) -> NextGap:
    """Logarithms of gaps are normal around a personal mean; personal means are normal around the mean of all."""
    population = fit_cycle(gaps.logarithms)
    middle, unsure = population.own(gaps.logarithms)
    reach = REACH * np.sqrt(unsure + population.within)
    return NextGap(GapMethod.LOG_NORMAL, np.exp(middle), np.exp(middle - reach), np.exp(middle + reach), gaps.elapsed)
