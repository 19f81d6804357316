"""Shares that follow what is being learnt: Thompson sampling with a least share for every arm.

An arm's share is the chance that it is the best one, as far as is known, mixed with an even share so that none falls
below the floor. Every round is a `Design` of its own, so the chance of each assignment stays known for ever and what
was learnt on the way can be evaluated by `policy`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from guanxi.analytical.arrays import Array
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.experiments.assignment import HOLDOUT, Arm, Design
from guanxi.analytical.experiments.moments import Moments

DRAWS = 20_000
FLOOR = 0.05


@dataclass(frozen=True, slots=True)
class Allocation:
    """Shares for the next round, in the order of the arms. best: each arm's chance to be the best one."""

    arms: tuple[Arm, ...]
    best: tuple[float, ...]
    floor: float
    draws: int
    seed: int


def allocate_by_share(
    arms: Mapping[str, Moments], *, seed: int, floor: float = FLOOR, draws: int = DRAWS
) -> Allocation:
    """Shares for the next round when the outcome is 0 or 1, such as bought or not: Beta posteriors from an even prior.

    Highest is best. An arm without units counts as unknown. floor: the least share, from 0 to 1 / number of arms.
    AnalysisError for outcomes that are no shares, fewer than 2 arms or a floor that does not fit.
    """
    figures = _figures(arms, floor, draws)
    n, share = figures[:, 0], figures[:, 1]
    if share.min() < 0 or share.max() > 1:
        raise AnalysisError("A share lies between 0 and 1; these outcomes are not shares.")
    rng = np.random.default_rng(seed)
    return _allocation(tuple(arms), rng.beta(1 + n * share, 1 + n * (1 - share), (draws, len(n))), floor, seed)


def allocate_by_mean(arms: Mapping[str, Moments], *, seed: int, floor: float = FLOOR, draws: int = DRAWS) -> Allocation:
    """Shares for the next round when the outcome is an amount, such as revenue: normal posteriors of the means.

    The prior is worth one unit of all arms together (Kass & Wasserman 1995). An arm's variance is the larger of its own
    and that of all arms: one that missed the few large customers does not know its mean. For the rest see
    `allocate_by_share`.
    """
    figures = _figures(arms, floor, draws)
    n, mean, variance = figures.T
    units = max(n.sum(), 1.0)
    overall, pooled = float(n @ mean / units), float(n @ variance / units)
    middle = (n * mean + overall) / (n + 1)
    spread = np.sqrt(np.maximum(variance, pooled) / (n + 1))
    return _allocation(tuple(arms), np.random.default_rng(seed).normal(middle, spread, (draws, len(n))), floor, seed)


def next_round(design: Design, allocation: Allocation, *, salt: str) -> Design:
    """The design of the next round: new shares and a new salt for new customers; the common hold-out stays as it is.

    Customers of earlier rounds keep their arms: assign only who has none. AnalysisError for other arms than the
    design's, or for its own salt, under which this round's customers would be sorted as those of the last.
    """
    if [arm.name for arm in design.arms] != [arm.name for arm in allocation.arms]:
        raise AnalysisError("The next round needs the same arms in the same order.")
    if salt == design.salt:
        raise AnalysisError("The next round needs a salt of its own.")
    return Design(salt, allocation.arms, design.holdout_salt, design.holdout_share)


def chances(design: Design) -> dict[str, float]:
    """The chance that a customer lands in each arm, the hold-out among them; they sum to 1. Keep it with each row."""
    drawn = {arm.name: arm.share * (1 - design.holdout_share) for arm in design.arms}
    return {**drawn, HOLDOUT: design.holdout_share} if design.holdout_share else drawn


def _figures(arms: Mapping[str, Moments], floor: float, draws: int) -> Array:
    """n, mean and variance, a row per arm."""
    if len(arms) < 2:
        raise AnalysisError("Shares need 2 arms or more to be divided between.")
    if not 0 <= floor <= 1 / len(arms):
        raise AnalysisError(f"A floor of {floor:g} for each of {len(arms)} arms does not fit into 1.")
    if draws < 1:
        raise AnalysisError("Thompson sampling needs 1 draw or more.")
    return np.array([(arm.n, arm.mean_y, arm.var_y) for arm in arms.values()], dtype=np.float64)


def _allocation(names: tuple[str, ...], drawn: Array, floor: float, seed: int) -> Allocation:
    """Count how often each arm is highest; arms level with each other share the draw."""
    highest = drawn == drawn.max(axis=1, keepdims=True)
    best = (highest / highest.sum(axis=1, keepdims=True)).mean(axis=0)
    shares = floor + (1 - floor * len(names)) * best
    arms = tuple(Arm(name, float(share)) for name, share in zip(names, shares / shares.sum(), strict=True))
    return Allocation(arms, tuple(best.tolist()), floor, len(drawn), seed)
