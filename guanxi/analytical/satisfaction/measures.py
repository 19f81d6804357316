"""NPS, CSAT and CES with intervals, and whether they moved between two periods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student

from guanxi.analytical.arrays import Array
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.satisfaction.ratings import Ratings
from guanxi.analytical.shares import wilson

LEVEL = 0.95
PSEUDO = 3.0  # answers that Rocks (2016) adds, half of them in the middle
SAMPLES = 2000
FEWEST = 20


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of satisfaction with the interval of `level`.

    standard_error: of the estimate that the interval is centred on. answers, effective: see `Ratings`.
    """

    estimate: float
    low: float
    high: float
    standard_error: float
    answers: int
    effective: float
    level: float = LEVEL


@dataclass(frozen=True, slots=True)
class Nps:
    """Net promoter score in points from -100 to 100, with the shares it is made of."""

    score: Measure
    promoters: float
    passives: float
    detractors: float


def nps(ratings: Ratings, *, level: float = LEVEL) -> Nps:
    """Share of 9 and 10 minus share of 0 to 6, times 100 (Reichheld 2003, Harvard Business Review 81(12), 46-54).

    Interval: adjusted Wald, with three answers added (¾ promoters, ¾ detractors, 1½ passives), which keeps its promise
    with few answers too (Rocks 2016, The American Statistician 70, 365-372). AnalysisError when an answer is no whole
    number from 0 to 10.
    """
    _on_scale(ratings, 0, 10)
    if (ratings.values != np.round(ratings.values)).any():
        raise AnalysisError("The answers to an NPS question are whole numbers.")
    points = _net(ratings.values)
    promoters, detractors = ratings.mean_of(points > 0), ratings.mean_of(points < 0)
    n = ratings.effective + PSEUDO
    up, down = ((share * ratings.effective + PSEUDO / 4) / n for share in (promoters, detractors))
    error = sqrt((up + down - (up - down) ** 2) / n)
    reach = _z(level) * error
    low, high = max(up - down - reach, -1.0), min(up - down + reach, 1.0)
    net = promoters - detractors
    score = Measure(100 * net, 100 * low, 100 * high, 100 * error, ratings.answers, ratings.effective, level)
    return Nps(score, promoters, 1.0 - promoters - detractors, detractors)


def csat(ratings: Ratings, *, satisfied_from: float = 4.0, level: float = LEVEL) -> Measure:
    """Share of answers from `satisfied_from` on (4 and 5 of 5), with Wilson's interval on the effective answers."""
    share = min(ratings.mean_of(ratings.values >= satisfied_from), 1.0)
    z, n = _z(level), ratings.effective
    low, high = wilson(share, n, z)
    error = sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Measure(share, max(low, 0.0), min(high, 1.0), error, ratings.answers, n, level)


def ces(ratings: Ratings, *, level: float = LEVEL) -> Measure:
    """Mean of the answers, as for customer effort (Dixon, Freeman & Toman 2010, HBR 88(7/8)), with Student's interval.

    NotEnoughDataError below two effective answers.
    """
    n = ratings.effective
    if n < 2:
        raise NotEnoughDataError("The interval of a mean needs two answers.")
    mean = ratings.mean_of(ratings.values)
    error = sqrt(ratings.mean_of((ratings.values - mean) ** 2) / (n - 1))
    _z(level)
    reach = float(student.ppf(0.5 + level / 2, n - 1)) * error
    return Measure(mean, mean - reach, mean + reach, error, ratings.answers, n, level)


def resampled(
    ratings: Ratings, points: Callable[[Array], Array], *, seed: int, samples: int = SAMPLES, level: float = LEVEL
) -> Measure:
    """Mean of `points` of the answers, with the percentile interval of the bootstrap (Efron 1979).

    Draws counts of the distinct answers, so it costs the same for any number of people. Narrower than it should be for
    few answers: `nps`, `csat` and `ces` have intervals that hold; this is for points of your own.
    """
    if samples < FEWEST:
        raise AnalysisError(f"An interval needs {FEWEST} samples or more, not {samples}.")
    each = np.asarray(points(ratings.values), dtype=np.float64)
    drawn = np.random.default_rng(seed).multinomial(max(round(ratings.effective), 1), ratings.share, samples)
    means = drawn @ each / drawn.sum(axis=1)
    _z(level)
    low, high = np.quantile(means, [0.5 - level / 2, 0.5 + level / 2])
    estimate, error = ratings.mean_of(each), float(means.std())
    return Measure(estimate, float(low), float(high), error, ratings.answers, ratings.effective, level)


@dataclass(frozen=True, slots=True)
class Trend:
    """After minus before, with the interval of `level` and the p-value of no change."""

    change: float
    low: float
    high: float
    p: float
    level: float = LEVEL

    @property
    def moved(self) -> bool:
        """True when the interval leaves out 0; else say that it cannot be told, not that nothing changed."""
        return self.low > 0 or self.high < 0


def trend(before: Measure, after: Measure, *, level: float = LEVEL) -> Trend:
    """Did the figure move between two periods? Other people answered each time; the same people twice are pairs."""
    change, error = after.estimate - before.estimate, sqrt(before.standard_error**2 + after.standard_error**2)
    reach = _z(level) * error
    p = 2 * float(norm.sf(abs(change) / error)) if error else float(change == 0)
    return Trend(change, change - reach, change + reach, p, level)


def _net(values: Array) -> Array:
    return np.where(values >= 9, 1.0, np.where(values <= 6, -1.0, 0.0))


def _on_scale(ratings: Ratings, lowest: float, highest: float) -> None:
    if ratings.values.min() < lowest or ratings.values.max() > highest:
        raise AnalysisError(f"An answer lies off the scale from {lowest:g} to {highest:g}.")


def _z(level: float) -> float:
    if not 0 < level < 1:
        raise AnalysisError(f"A level lies between 0 and 1, {level:g} does not.")
    return float(norm.ppf(0.5 + level / 2))
