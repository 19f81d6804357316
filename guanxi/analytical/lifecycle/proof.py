"""Which method forecast the latest gap of every customer best, from the gaps before it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from guanxi.analytical.errors import NotEnoughDataError
from guanxi.analytical.lifecycle.next_gap import (
    GapMethod,
    NextGap,
    log_normal_gap,
    personal_mean_gap,
    poisson_gamma_gap,
)
from guanxi.analytical.lifecycle.past_gaps import PastGaps

METHODS: Mapping[GapMethod, Callable[[PastGaps], NextGap]] = MappingProxyType(
    {
        GapMethod.PERSONAL_MEAN: personal_mean_gap,
        GapMethod.POISSON_GAMMA: poisson_gamma_gap,
        GapMethod.LOG_NORMAL: log_normal_gap,
    }
)


@dataclass(frozen=True, slots=True)
class GapScore:
    """Mean absolute error in days and share inside the interval when each customer's latest gap was forecast."""

    method: str
    is_baseline: bool
    mae: float
    coverage: float


def next_gaps(gaps: PastGaps, *, method: GapMethod) -> NextGap:
    """The next gap of each customer by one method.

    Customers with few gaps lean on the population, with many on their own. NotEnoughDataError when nobody has a gap.
    """
    if not (gaps.count > 0).any():
        raise NotEnoughDataError("Nobody has bought on two days yet, so there is no purchase cycle.")
    return METHODS[method](gaps)


def next_gap_scores(gaps: PastGaps) -> tuple[GapScore, ...]:
    """Let each method forecast the latest gap of every customer from the gaps before it, the baseline first.

    NotEnoughDataError unless somebody has two gaps.
    """
    known = gaps.without_last()
    scores = []
    for method in GapMethod:
        cycle = next_gaps(known, method=method)
        inside = (cycle.low <= known.last) & (known.last <= cycle.high)
        error = float(np.abs(cycle.typical - known.last).mean())
        scores.append(GapScore(method, method is GapMethod.PERSONAL_MEAN, error, float(inside.mean())))
    return tuple(scores)


def nearest_gap_method(scores: tuple[GapScore, ...]) -> GapMethod:
    """The method with the least mean error; the baseline wins a tie. NotEnoughDataError without a score."""
    if not scores:
        raise NotEnoughDataError("No method was judged, so none came nearest.")
    return GapMethod(min(scores, key=lambda score: score.mae).method)
