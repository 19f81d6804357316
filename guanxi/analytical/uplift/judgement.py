"""Is there an order worth following? Every learner beside a random order and beside whoever buys anyway."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from guanxi.analytical.arrays import Array, generator
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.experiments import LEVEL, Effect, Moments, Range, difference
from guanxi.analytical.uplift.curve import AT, Order
from guanxi.analytical.uplift.learners import (
    FOLDS,
    REPEATS,
    RESAMPLING,
    Base,
    Learner,
    Scores,
    at_random,
    cross_fitted,
    response,
)
from guanxi.analytical.uplift.trial import Trial

DRAWS = 500


class Finding(StrEnum):
    """ORDER_FOUND: a learner's order wins more than a random one and more than targeting whoever buys anyway.

    BUYERS_ANYWAY: it wins more than a random one, but nothing shows that it wins more than the response model.
    NO_ORDER_FOUND: no learner's interval lies above 0: treat all or nobody, by the average effect.
    """

    ORDER_FOUND = "order_found"
    BUYERS_ANYWAY = "buyers_anyway"
    NO_ORDER_FOUND = "no_order_found"


@dataclass(frozen=True, slots=True)
class Ranking:
    """One order by `Figures`, each with its bootstrap interval. over_response: its qini minus that of the response."""

    method: str
    is_baseline: bool
    qini: Range
    coefficient: Range
    auuc: Range
    uplift_at: Range
    over_response: Range


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of looking for an order.

    best: the method to aim by; empty unless an order was found. effect: of treating everybody. at: the share of
    customers that uplift_at speaks of. level: of each baseline's interval, and of those of all learners together.
    """

    finding: Finding
    best: str
    effect: Effect
    rankings: tuple[Ranking, ...]
    at: float
    level: float
    draws: int
    seed: int


def judge(
    trial: Trial,
    *,
    seed: int,
    learners: Sequence[Learner] = (Learner.T, Learner.X),
    base: Base = Base.LINEAR,
    folds: int = FOLDS,
    repeats: int = REPEATS,
    at: float = AT,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Judgement:
    """Put the customers of the trial in order by each learner, cross-fitted, and say whether it is an order at all."""
    scores = [cross_fitted(trial, each, seed=seed, base=base, folds=folds, repeats=repeats) for each in learners]
    baselines = [at_random(trial, seed=seed), response(trial, seed=seed, base=base, folds=folds, repeats=repeats)]
    return judge_scores(trial, scores, baselines, at=at, draws=draws, level=level, seed=seed)


def judge_scores(
    trial: Trial,
    scores: Sequence[Scores],
    baselines: Sequence[Scores],
    *,
    seed: int,
    at: float = AT,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Judgement:
    """Judge orders that came from elsewhere; the last of the baselines is the response model.

    Intervals are percentiles of `draws` bootstrap samples, stratified by arm, the same for all orders. They hold for
    the scores as given: how else the models might have come out is not in them. With m learners each interval has the
    level 1 − (1 − level)/m, so that the best of many is not found by chance (Bonferroni).
    """
    if not scores or not baselines:
        raise AnalysisError("There is nothing to judge, or nothing to judge it by.")
    if not 0 < level < 1 or draws < 100 or not 0 < at <= 1:
        raise AnalysisError("A judgement takes a level between 0 and 1, 100 draws or more, a share above 0 up to 1.")
    methods = [*scores, *baselines]
    orders = [Order.of(each.order, trial.treated, trial.outcome) for each in methods]
    found = np.array([order.figures(np.ones(len(trial.outcome)), at) for order in orders])
    drawn = _resampled(trial, orders, at, draws, seed)
    levels = [1 - (1 - level) / len(scores)] * len(scores) + [level] * len(baselines)
    rankings = tuple(
        Ranking(
            each.method,
            place >= len(scores),
            *_ranges(found[place], drawn[:, place], levels[place]),
            *_ranges(found[place, :1] - found[-1, :1], drawn[:, place, :1] - drawn[:, -1, :1], levels[place]),
        )
        for place, each in enumerate(methods)
    )
    finding, best = _finding(rankings[: len(scores)])
    return Judgement(
        finding=finding,
        best=best,
        effect=difference(*(Moments.of(trial.outcome[trial.treated == arm]) for arm in (False, True)), level=level),
        rankings=rankings,
        at=at,
        level=level,
        draws=draws,
        seed=seed,
    )


def _resampled(trial: Trial, orders: Sequence[Order], at: float, draws: int, seed: int) -> Array:
    """Figures of each order in each bootstrap sample: draws × orders × four."""
    rng = generator(seed, RESAMPLING)
    arms = [np.flatnonzero(trial.treated == arm) for arm in (False, True)]
    drawn, weights = np.empty((draws, len(orders), 4)), np.empty(len(trial.outcome))
    for draw in range(draws):
        for arm in arms:
            weights[arm] = np.bincount(rng.integers(0, len(arm), len(arm)), minlength=len(arm))
        drawn[draw] = [order.figures(weights, at) for order in orders]
    return drawn


def _ranges(found: Array, drawn: Array, level: float) -> list[Range]:
    """Each figure between the percentiles of its samples."""
    lows, highs = np.percentile(drawn, [50 * (1 - level), 50 * (1 + level)], axis=0)
    return [Range(*each) for each in zip(found.tolist(), lows.tolist(), highs.tolist(), strict=True)]


def _finding(learners: Sequence[Ranking]) -> tuple[Finding, str]:
    ordered = [ranking for ranking in learners if ranking.qini.low > 0]
    better = [ranking for ranking in ordered if ranking.over_response.low > 0]
    if better:
        return Finding.ORDER_FOUND, max(better, key=lambda ranking: ranking.qini.estimate).method
    return (Finding.BUYERS_ANYWAY if ordered else Finding.NO_ORDER_FOUND), ""
