"""The chance that something happens, as named numbers that say for every unit why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from math import exp
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, positive
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.scoring.calibration import Calibration, CalibrationKind
from guanxi.analytical.scoring.evaluation import outcomes
from guanxi.analytical.scoring.features import Features
from guanxi.analytical.scoring.logistic import fit_logistic
from guanxi.analytical.scoring.terms import (
    CategoryTerm,
    NumberTerm,
    cross_fitted,
    level_log_odds,
    number_terms,
    stratified_folds,
)

FOLDS = 5
FEWEST = 20
PENALTY = 1.0


@dataclass(frozen=True, slots=True)
class Propensity:
    """Log-odds = intercept (the average unit's) + what each feature adds, then calibrated. Fit by `fit_propensity`."""

    intercept: float
    numbers: tuple[NumberTerm, ...]
    categories: tuple[CategoryTerm, ...]
    calibration: Calibration = field(default_factory=Calibration)

    def to_dict(self) -> dict[str, Any]:
        """Numbers, texts, lists and dictionaries only, as JSON can hold."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Propensity:
        """The model that `to_dict` gave; AnalysisError when something is missing, added or no finite number."""
        try:
            kept = dict(stored["calibration"])
            calibration = Calibration(
                CalibrationKind(kept.pop("kind")), at=tuple(kept.pop("at")), chances=tuple(kept.pop("chances")), **kept
            )
            numbers = tuple(NumberTerm(**each) for each in stored["numbers"])
            categories = tuple(CategoryTerm(**each) for each in stored["categories"])
            model = cls(float(stored["intercept"]), numbers, categories, calibration)
            # JSON knows no nan: what it cannot hold was never stored by us.
            json.dumps(model.to_dict(), allow_nan=False)
            return model
        except (KeyError, TypeError, ValueError) as error:
            raise AnalysisError(f"This is no stored propensity: {error}.") from error


@dataclass(frozen=True, slots=True)
class Reason:
    """What one feature adds to the log-odds of one unit, beside the average unit. value: as the unit has it."""

    feature: str
    value: str
    log_odds: float

    @property
    def factor(self) -> float:
        """How many times the odds of the average unit that makes."""
        return exp(self.log_odds)

    def __str__(self) -> str:
        """For example "contract = Month-to-month: the odds are 2.3 times those of the average"."""
        return f"{self.feature} = {self.value or 'missing'}: the odds are {self.factor:.2g} times those of the average"


def fit_propensity(features: Features, happened: ArrayLike, *, seed: int, penalty: float = PENALTY) -> Propensity:
    """Logistic regression on numbers in standard units and cross-fitted target encodings, with a ridge of `penalty`.

    happened: 0 or 1 a unit. NotEnoughDataError below 20 units of either outcome. Uncalibrated: see `assess`.
    """
    outcome = outcomes(happened)
    if len(outcome) != len(features):
        raise AnalysisError(f"{len(features)} units with features, {len(outcome)} with an outcome.")
    if min(outcome.sum(), len(outcome) - outcome.sum()) < FEWEST:
        raise NotEnoughDataError(
            f"A score needs {FEWEST} units of each outcome; there are {int(outcome.sum())} events."
        )
    return fitted(features, outcome, seed=seed, penalty=positive(penalty, "penalty"))


def fitted(features: Features, outcome: Array, *, seed: int, penalty: float = PENALTY) -> Propensity:
    """`fit_propensity` without its checks: four fifths of enough are enough where the last fifth is told."""
    folds = stratified_folds(outcome, FOLDS, seed)
    numbers, categories = number_terms(features), []
    columns = [each for term in numbers for each in term.columns(features.numbers[term.name])]
    for name, levels in features.categories.items():
        encoded = cross_fitted(levels.codes, outcome, folds, len(levels.names))
        log_odds = level_log_odds(levels.codes, outcome, len(levels.names))
        seen = np.bincount(levels.codes, minlength=len(levels.names)) > 0
        known = {level: float(log_odds[i]) for i, level in enumerate(levels.names) if seen[i]}
        categories.append(CategoryTerm(name, float(encoded.mean()), known))
        columns.append(encoded - encoded.mean())
    design = np.column_stack(columns) if columns else np.zeros((len(outcome), 0))
    intercept, weights = fit_logistic(design, outcome, penalty=penalty)
    return _weighed(intercept, weights, numbers, categories)


def _weighed(intercept: float, weights: Array, numbers: list[NumberTerm], categories: list[CategoryTerm]) -> Propensity:
    each = iter(float(weight) for weight in weights)
    weighed = tuple(
        replace(term, coefficient=next(each), missing=next(each) if term.missing_share else 0.0) for term in numbers
    )
    return Propensity(intercept, weighed, tuple(replace(term, coefficient=next(each)) for term in categories))


def contributions(model: Propensity, features: Features) -> dict[str, Array]:
    """By feature: what it adds to the log-odds of each unit beside the average one.

    Platt's slope is in them; after an isotonic calibration the chance follows their sum along a curve.
    AnalysisError when a feature of the model is not given, or is of another kind.
    """
    features.require((term.name for term in model.numbers), (term.name for term in model.categories))
    slope = model.calibration.slope
    found = {term.name: slope * term.contribution(features.numbers[term.name]) for term in model.numbers}
    return found | {term.name: slope * term.contribution(features.categories[term.name]) for term in model.categories}


def log_odds(model: Propensity, features: Features) -> Array:
    """Uncalibrated log-odds of each unit."""
    total = np.full(len(features), model.intercept)
    for added in contributions(replace(model, calibration=Calibration()), features).values():
        total += added
    return total


def scores(model: Propensity, features: Features) -> Array:
    """The calibrated chance of each unit. Levels never seen count as the base rate, numbers stay in the range seen."""
    return model.calibration(log_odds(model, features))


def reasons(model: Propensity, features: Features, row: int, *, count: int = 3) -> tuple[Reason, ...]:
    """The `count` features that move one unit's score most, up or down, the strongest first.

    AnalysisError when there is no such row.
    """
    if not 0 <= row < len(features):
        raise AnalysisError(f"There is no unit {row}: rows are numbered from 0, and there are {len(features)}.")
    one = features.rows([row])
    found = [Reason(name, _value(one, name), float(added[0])) for name, added in contributions(model, one).items()]
    return tuple(sorted(found, key=lambda reason: -abs(reason.log_odds))[:count])


def _value(one: Features, name: str) -> str:
    if name in one.categories:
        levels = one.categories[name]
        return levels.names[int(levels.codes[0])]
    value = one.numbers[name][0]
    return "" if np.isnan(value) else f"{value:g}"
