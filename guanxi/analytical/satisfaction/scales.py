"""Questionnaires of many items: do they measure one thing (alpha), and where does service fall short (SERVQUAL)?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import f as fisher
from scipy.stats import t as student

from guanxi.analytical.arrays import Array
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's alpha of a scale, with Feldt's interval of `level`.

    if_dropped: alpha without each item. item_rest: correlation of each item with the sum of the others (nan for an item
    that everybody answered alike). answers: people who answered every item; the others are left out.
    """

    alpha: float
    low: float
    high: float
    if_dropped: tuple[float, ...]
    item_rest: tuple[float, ...]
    items: int
    answers: int
    level: float = LEVEL


def cronbach_alpha(answers: ArrayLike, *, level: float = LEVEL) -> Reliability:
    """k / (k − 1) · (1 − Σ item variances / variance of the sum); Cronbach (1951), Feldt (1965), Psychometrika 16, 30.

    answers: people by items, NaN where missing; items that ask the other way round must be turned before. Alpha rises
    with the number of items and does not prove one dimension. NotEnoughDataError below two items or two people who
    answered all, AnalysisError when all sums are equal.
    """
    table = _complete(answers)
    people, items = table.shape
    if items < 2 or people < 2:
        raise NotEnoughDataError(f"Alpha needs two items and two people; there are {items} and {people}.")
    if not 0 < level < 1:
        raise AnalysisError(f"A level lies between 0 and 1, {level:g} does not.")
    covariance = np.atleast_2d(np.cov(table, rowvar=False))
    total = float(covariance.sum())
    if total <= 1e-12 * max(float(np.abs(table).max()) ** 2, 1e-300):
        raise AnalysisError("Everybody has the same sum of answers, so nothing tells people apart.")
    alpha = _alpha(covariance)
    freedom = people - 1, (people - 1) * (items - 1)
    low = 1 - (1 - alpha) * float(fisher.ppf(0.5 + level / 2, *freedom))
    high = 1 - (1 - alpha) * float(fisher.ppf(0.5 - level / 2, *freedom))
    others = [np.delete(np.delete(covariance, i, 0), i, 1) for i in range(items)]
    dropped = tuple(_alpha(rest) if items > 2 else float("nan") for rest in others)
    return Reliability(alpha, low, high, dropped, _item_rest(covariance), items, people, level)


def _alpha(covariance: Array) -> float:
    items, total = len(covariance), float(covariance.sum())
    return items / (items - 1) * (1 - float(np.trace(covariance)) / total) if total > 0 else float("nan")


def _item_rest(covariance: Array) -> tuple[float, ...]:
    own = np.diag(covariance)
    with_rest = covariance.sum(axis=1) - own
    rest = covariance.sum() - 2 * covariance.sum(axis=1) + own
    size = np.sqrt(np.maximum(own * rest, 0.0))
    found = np.divide(with_rest, size, out=np.full(len(own), np.nan), where=size > 0)
    return tuple(float(each) for each in found)


def _complete(answers: ArrayLike) -> Array:
    table = np.asarray(answers, dtype=np.float64)
    if table.ndim != 2 or np.isinf(table).any():
        raise AnalysisError("Answers form a table of people by items, of finite numbers or missing ones.")
    return table[~np.isnan(table).any(axis=1)]


@dataclass(frozen=True, slots=True)
class Gap:
    """Perception minus expectation of an item or a dimension: below 0 the service falls short.

    low, high: interval of `level` over people (paired). answers: people with both figures.
    """

    name: str
    expectation: float
    perception: float
    gap: float
    low: float
    high: float
    answers: int
    level: float = LEVEL

    @property
    def falls_short(self) -> bool:
        """True when the whole interval lies below 0."""
        return self.high < 0


@dataclass(frozen=True, slots=True)
class Servqual:
    """Gaps over all items, by dimension and by item, with the reliability of both halves of the questionnaire."""

    overall: Gap
    dimensions: tuple[Gap, ...]
    items: tuple[Gap, ...]
    expectations: Reliability
    perceptions: Reliability


def servqual(
    expectations: ArrayLike,
    perceptions: ArrayLike,
    items: Sequence[str],
    dimensions: Mapping[str, Sequence[str]] | None = None,
    *,
    level: float = LEVEL,
) -> Servqual:
    """Service quality as what was perceived minus what was expected (Parasuraman, Zeithaml & Berry 1988, J. Retailing).

    expectations, perceptions: people by items on one scale, NaN where missing. items: their names. dimensions: names of
    items by dimension (tangibles, reliability, responsiveness, assurance, empathy). AnalysisError when shapes or names
    do not fit, NotEnoughDataError below two people.
    """
    expected, perceived = (np.asarray(each, dtype=np.float64) for each in (expectations, perceptions))
    if expected.ndim != 2 or expected.shape != perceived.shape or expected.shape[1] != len(items):
        raise AnalysisError("Expectations and perceptions are tables of the same people by the same items.")
    place = {name: at for at, name in enumerate(items)}
    if len(place) != len(items):
        raise AnalysisError("Every item needs a name of its own.")
    groups = {name: [place.get(item, -1) for item in members] for name, members in (dimensions or {}).items()}
    if any(not members or -1 in members for members in groups.values()):
        raise AnalysisError("A dimension holds the names of one item or more, all of them items of the questionnaire.")
    return Servqual(
        _gap("overall", expected, perceived, level),
        tuple(_gap(name, expected[:, at], perceived[:, at], level) for name, at in groups.items()),
        tuple(_gap(name, expected[:, [at]], perceived[:, [at]], level) for name, at in place.items()),
        cronbach_alpha(expected, level=level),
        cronbach_alpha(perceived, level=level),
    )


def _gap(name: str, expected: Array, perceived: Array, level: float) -> Gap:
    """Means over the items that a person answered twice, then over people."""
    both = ~np.isnan(expected + perceived)
    count = both.sum(axis=1)
    some = count > 0
    people = int(some.sum())
    if people < 2:
        raise NotEnoughDataError(f"The gap of {name} needs two people who answered both questions.")
    wanted, seen = (np.where(both, each, 0.0).sum(axis=1)[some] / count[some] for each in (expected, perceived))
    own = seen - wanted
    reach = float(student.ppf(0.5 + level / 2, people - 1)) * float(own.std(ddof=1)) / sqrt(people)
    mean = float(own.mean())
    return Gap(name, float(wanted.mean()), float(seen.mean()), mean, mean - reach, mean + reach, people, level)
