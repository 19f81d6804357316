"""May a score be shown at all? Judged on units, or on a time, that the model has not seen; and then the model."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from guanxi.analytical.arrays import Array, Integers, column
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.scoring.boosting import boosted_chances
from guanxi.analytical.scoring.calibration import choose_calibration
from guanxi.analytical.scoring.evaluation import LEVEL, Evaluation, evaluate, outcomes
from guanxi.analytical.scoring.features import Features
from guanxi.analytical.scoring.leaks import SUSPICIOUS, Leak, leaks
from guanxi.analytical.scoring.propensity import FEWEST, FOLDS, Propensity, fit_propensity, fitted, log_odds, scores
from guanxi.analytical.scoring.terms import stratified_folds

LATEST = 0.3


class Signal(StrEnum):
    """FOUND: a score may be shown. NONE: it would be noise. LEAK: a feature must be cleared or left out first."""

    FOUND = "found"
    NONE = "none"
    LEAK = "leak"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What came of it. model: None unless `signal` is FOUND.

    across: chances told for each fold by a model of the others, calibrated on the others too. fold_aucs: by fold.
    later: chances told for the latest 30 % by a model of the time before (None without an order). boosted: `across` for
    gradient boosting (None unless asked for). The signal is judged by `later` where there is one: the future is what a
    score is for.
    """

    signal: Signal
    model: Propensity | None
    across: Evaluation
    fold_aucs: tuple[float, ...]
    later: Evaluation | None
    boosted: Evaluation | None
    leaks: tuple[Leak, ...]

    @property
    def judged(self) -> Evaluation:
        """The evaluation that the signal rests on."""
        return self.later or self.across


def assess(
    features: Features,
    happened: ArrayLike,
    *,
    seed: int,
    order: ArrayLike | None = None,
    cleared: Collection[str] = (),
    suspicious: float = SUSPICIOUS,
    boosted: bool = False,
    level: float = LEVEL,
) -> Assessment:
    """Fit, calibrate and judge a propensity for `happened` (0 or 1 a unit).

    order: when each unit was known (any rising number): asks for a test on the latest 30 %. cleared: features of which
    somebody says that they are known before the outcome, however well they answer. No model is given when the interval
    of the AUC (at `level`) reaches down to 0.5, when the Brier score does not beat the base rate's beyond its interval,
    or when a feature that is not cleared answers nearly alone. NotEnoughDataError below 20 units of either outcome.
    """
    outcome = outcomes(happened)
    model = fit_propensity(features, outcome, seed=seed)
    told, places = _across(features, outcome, seed)
    calibration, chances = choose_calibration(told, outcome, places)
    across = evaluate(chances, outcome, level=level)
    folds = range(int(places.max()) + 1)
    # The ranking of each fold by the model itself: folds are not mixed and no calibration ties what it told apart.
    aucs = tuple(evaluate(expit(told[places == fold]), outcome[places == fold]).auc for fold in folds)
    later = None if order is None else _later(features, outcome, order, seed, level)
    suspects = leaks(features, outcome, seed=seed, suspicious=suspicious)
    judged = later or across
    signal = Signal.FOUND if judged.ranks and judged.beats_base_rate else Signal.NONE
    if any(leak.feature not in cleared for leak in suspects):
        signal = Signal.LEAK
    return Assessment(
        signal=signal,
        model=replace(model, calibration=calibration) if signal is Signal.FOUND else None,
        across=across,
        fold_aucs=aucs,
        later=later,
        boosted=evaluate(_boosted_across(features, outcome, seed), outcome, level=level) if boosted else None,
        leaks=suspects,
    )


def _across(features: Features, outcome: Array, seed: int) -> tuple[Array, Integers]:
    """Log-odds of each unit by a model fitted on the other folds, and the fold of each."""
    folds = stratified_folds(outcome, FOLDS, seed)
    told = np.empty(len(outcome))
    for fold in range(FOLDS):
        own = folds == fold
        told[own] = log_odds(fitted(features.rows(~own), outcome[~own], seed=seed), features.rows(own))
    return told, folds


def _boosted_across(features: Features, outcome: Array, seed: int) -> Array:
    folds = stratified_folds(outcome, FOLDS, seed)
    told = np.empty(len(outcome))
    for fold in range(FOLDS):
        own = folds == fold
        told[own] = boosted_chances(features.rows(~own), outcome[~own], features.rows(own), seed=seed)
    return told


def _later(features: Features, outcome: Array, order: ArrayLike, seed: int, level: float) -> Evaluation:
    """Fit and calibrate on what was known first, judge by what came then. Units of one moment stay together."""
    when = column(order, "order")
    if len(when) != len(outcome):
        raise AnalysisError(f"{len(outcome)} units with an outcome, {len(when)} with a time.")
    test = when >= np.sort(when)[int((1 - LATEST) * len(when))]
    first, then = outcome[~test], outcome[test]
    if min(first.sum(), len(first) - first.sum(), then.sum(), len(then) - then.sum()) < FEWEST:
        raise NotEnoughDataError(f"A test on the latest 30 % needs {FEWEST} units of each outcome before and in it.")
    model = calibrated(features.rows(~test), first, seed=seed)
    return evaluate(scores(model, features.rows(test)), then, known_rate=float(first.mean()), level=level)


def calibrated(features: Features, happened: ArrayLike, *, seed: int) -> Propensity:
    """`fit_propensity` with the calibration that the data support, without any judgement: `assess` judges."""
    outcome = outcomes(happened)
    model = fit_propensity(features, outcome, seed=seed)
    told, folds = _across(features, outcome, seed)
    return replace(model, calibration=choose_calibration(told, outcome, folds)[0])
