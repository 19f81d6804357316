"""May a score be shown at all? Judged on units, or on a time, that the model has not seen; and then the model."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
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
Truths = NDArray[np.bool_]


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
    gradient boosting, boosted_later: its `later` (None unless asked for). The signal is judged by `later` where there
    is one: the future is what a score is for.
    """

    signal: Signal
    model: Propensity | None
    across: Evaluation
    fold_aucs: tuple[float, ...]
    later: Evaluation | None
    boosted: Evaluation | None
    boosted_later: Evaluation | None
    leaks: tuple[Leak, ...]

    @property
    def judged(self) -> Evaluation:
        """The evaluation that the signal rests on."""
        return self.later or self.across

    @property
    def boosted_judged(self) -> Evaluation | None:
        """The same rows told by gradient boosting."""
        return self.boosted_later or self.boosted

    @property
    def misses(self) -> bool:
        """True when boosting ranks clearly better: features tell together, or along a curve, what no sum of them does.

        It then beats the base rate, and its whole interval of the AUC lies above the model's, or above one half where
        the model does not rank.
        """
        beside, beaten = self.boosted_judged, self.judged.auc_high if self.judged.ranks else 0.5
        return beside is not None and beside.beats_base_rate and beside.auc_low > beaten


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
    latest = None if order is None else _latest(outcome, order)
    later = None if latest is None else _later(features, outcome, latest, seed, level)
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
        boosted_later=None if latest is None or not boosted else _boosted_later(features, outcome, latest, seed, level),
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


def _latest(outcome: Array, order: ArrayLike) -> Truths:
    """The units of the latest 30 %. Units of one moment stay together."""
    when = column(order, "order")
    if len(when) != len(outcome):
        raise AnalysisError(f"{len(outcome)} units with an outcome, {len(when)} with a time.")
    latest = np.asarray(when >= np.sort(when)[int((1 - LATEST) * len(when))])
    first, then = outcome[~latest], outcome[latest]
    if min(first.sum(), len(first) - first.sum(), then.sum(), len(then) - then.sum()) < FEWEST:
        raise NotEnoughDataError(f"A test on the latest 30 % needs {FEWEST} units of each outcome before and in it.")
    return latest


def _later(features: Features, outcome: Array, latest: Truths, seed: int, level: float) -> Evaluation:
    """Fit and calibrate on what was known first, judge by what came then."""
    first = outcome[~latest]
    told = scores(calibrated(features.rows(~latest), first, seed=seed), features.rows(latest))
    return evaluate(told, outcome[latest], known_rate=float(first.mean()), level=level)


def _boosted_later(features: Features, outcome: Array, latest: Truths, seed: int, level: float) -> Evaluation:
    first = outcome[~latest]
    told = boosted_chances(features.rows(~latest), first, features.rows(latest), seed=seed)
    return evaluate(told, outcome[latest], known_rate=float(first.mean()), level=level)


def calibrated(features: Features, happened: ArrayLike, *, seed: int) -> Propensity:
    """`fit_propensity` with the calibration that the data support, without any judgement: `assess` judges."""
    outcome = outcomes(happened)
    model = fit_propensity(features, outcome, seed=seed)
    told, folds = _across(features, outcome, seed)
    return replace(model, calibration=choose_calibration(told, outcome, folds)[0])
