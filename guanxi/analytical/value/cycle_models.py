"""Two models of the gaps between a customer's purchases, and the baseline they have to beat."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import digamma, gammaln
from scipy.stats import norm

from guanxi.analytical.arrays import Array
from guanxi.analytical.value.fitting import least
from guanxi.analytical.value.gaps import Gaps

LEVEL = 0.8
REACH = float(norm.ppf(0.5 + LEVEL / 2))
STARTS = ((1.0, 1.0), (5.0, 5.0))
LEAST_SPREAD = 1e-3


class CycleMethod(StrEnum):
    """Ways to forecast the next gap; the baseline is the customer's own mean gap."""

    PERSONAL_MEAN = "personal_mean"
    POISSON_GAMMA = "poisson_gamma"
    LOG_NORMAL = "log_normal"


@dataclass(frozen=True, slots=True, eq=False)
class Cycle:
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


def personal_mean_cycle(gaps: Gaps) -> Cycle:
    """Own mean gap, or the median of all customers' means for one-time buyers; bounds by the usual spread of logs."""
    means = gaps.total / np.maximum(gaps.count, 1)
    usual = float(np.median(means[gaps.count > 0]))
    typical = np.where(gaps.count > 0, gaps.total / np.maximum(gaps.count, 1), usual)
    factor = np.exp(REACH * np.sqrt(log_variances(gaps).within))
    return Cycle(CycleMethod.PERSONAL_MEAN, typical, typical / factor, typical * factor, gaps.elapsed)


def poisson_gamma_cycle(gaps: Gaps) -> Cycle:
    """Gaps are exponential with a personal rate; rates are gamma. The next gap is then Lomax distributed."""
    r, alpha = _fit_rates(gaps)
    shape, rate = r + gaps.count, alpha + gaps.total
    low, typical, high = (rate * np.expm1(-np.log1p(-u) / shape) for u in (0.5 - LEVEL / 2, 0.5, 0.5 + LEVEL / 2))
    return Cycle(CycleMethod.POISSON_GAMMA, typical, low, high, gaps.elapsed)


def _fit_rates(gaps: Gaps) -> tuple[float, float]:
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


def log_normal_cycle(gaps: Gaps) -> Cycle:
    """Logarithms of gaps are normal around a personal mean; personal means are normal around the mean of all."""
    all_logs = log_variances(gaps)
    weight = all_logs.between / (all_logs.between + all_logs.within / np.maximum(gaps.count, 1)) * (gaps.count > 0)
    own = gaps.log_total / np.maximum(gaps.count, 1)
    middle = all_logs.mean + weight * (own - all_logs.mean)
    reach = REACH * np.sqrt(all_logs.between * (1 - weight) + all_logs.within)
    return Cycle(CycleMethod.LOG_NORMAL, np.exp(middle), np.exp(middle - reach), np.exp(middle + reach), gaps.elapsed)


@dataclass(frozen=True, slots=True)
class LogVariances:
    """Mean of customers' mean log gaps, variance of these means between customers, and of gaps within a customer."""

    mean: float
    between: float
    within: float


def log_variances(gaps: Gaps) -> LogVariances:
    """By one-way analysis of variance with unequal numbers of gaps.

    Variances are kept above 1e-6, so that perfectly regular buyers have a cycle with a very narrow interval.
    """
    some = gaps.count > 0
    n, means = gaps.count[some], gaps.log_total[some] / gaps.count[some]
    inner = np.maximum(gaps.log_squares[some] - n * means**2, 0.0).sum()
    within = max(float(inner / max(float((n - 1).sum()), 1.0)), LEAST_SPREAD**2)
    grand = float((n @ means) / n.sum())
    outer = float(n @ (means - grand) ** 2)
    effective = float(n.sum() - (n**2).sum() / n.sum())
    between = (outer - (len(n) - 1) * within) / effective if effective > 0 else 0.0
    return LogVariances(float(means.mean()), max(between, LEAST_SPREAD**2), within)
