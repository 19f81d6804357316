"""When the next purchase is due: "day 41 of a 34-day cycle".

Assumes that a customer goes on buying; who is gone is another question (`probability_alive`). Poisson-gamma: gaps are
exponential, their rates gamma between customers (Ehrenberg 1959), which suits irregular buyers. Log-normal: logarithms
of gaps are normal around a personal mean with one spread for all, which suits regular buyers. `cycle_scores` tells.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from guanxi.analytical.errors import NotEnoughDataError
from guanxi.analytical.value.cycle_models import (
    Cycle,
    CycleMethod,
    log_normal_cycle,
    personal_mean_cycle,
    poisson_gamma_cycle,
)
from guanxi.analytical.value.gaps import Gaps

METHODS: Mapping[CycleMethod, Callable[[Gaps], Cycle]] = MappingProxyType(
    {
        CycleMethod.PERSONAL_MEAN: personal_mean_cycle,
        CycleMethod.POISSON_GAMMA: poisson_gamma_cycle,
        CycleMethod.LOG_NORMAL: log_normal_cycle,
    }
)


@dataclass(frozen=True, slots=True)
class CycleScore:
    """Mean absolute error in days and share inside the interval when each customer's latest gap was forecast."""

    method: str
    is_baseline: bool
    mae: float
    coverage: float


def purchase_cycles(gaps: Gaps, *, method: CycleMethod) -> Cycle:
    """The next gap of each customer by one method.

    Customers with few gaps lean on the population, with many on their own. NotEnoughDataError when nobody has a gap.
    """
    if not (gaps.count > 0).any():
        raise NotEnoughDataError("Nobody has bought on two days yet, so there is no purchase cycle.")
    return METHODS[method](gaps)


def cycle_scores(gaps: Gaps) -> tuple[CycleScore, ...]:
    """Let each method forecast the latest gap of every customer from the gaps before it, the baseline first.

    NotEnoughDataError unless somebody has two gaps.
    """
    known = gaps.without_last()
    scores = []
    for method in CycleMethod:
        cycle = purchase_cycles(known, method=method)
        inside = (cycle.low <= known.last) & (known.last <= cycle.high)
        error = float(np.abs(cycle.typical - known.last).mean())
        scores.append(CycleScore(method, method is CycleMethod.PERSONAL_MEAN, error, float(inside.mean())))
    return tuple(scores)


def nearest_method(scores: tuple[CycleScore, ...]) -> CycleMethod:
    """The method with the least mean error; the baseline wins a tie."""
    return CycleMethod(min(scores, key=lambda score: score.mae).method)
