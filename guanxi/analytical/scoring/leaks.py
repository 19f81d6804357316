"""Features that answer too well by themselves: known, most likely, only after the outcome."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.scoring.evaluation import outcomes
from guanxi.analytical.scoring.features import Features
from guanxi.analytical.scoring.terms import cross_fitted, stratified_folds
from guanxi.analytical.value.scores import area_under_curve

SUSPICIOUS = 0.8
BINS = 20
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Leak:
    """A feature by which alone the outcome is ranked with the area `auc`."""

    feature: str
    auc: float


def leaks(features: Features, happened: ArrayLike, *, seed: int, suspicious: float = SUSPICIOUS) -> tuple[Leak, ...]:
    """Features whose own AUC is `suspicious` or more, the worst first.

    Each is cut into at most 20 bins of equal size and one for what is missing (a date that is only filled in when it
    happened gives itself away), or taken by level, and judged across folds. A strong feature is no proof of a leak:
    whoever knows when it is written down must say. AnalysisError when the columns differ in length.
    """
    outcome = outcomes(happened)
    if len(outcome) != len(features):
        raise AnalysisError(f"{len(features)} units with features, {len(outcome)} with an outcome.")
    folds = stratified_folds(outcome, FOLDS, seed)
    coded = {name: _binned(values) for name, values in features.numbers.items()}
    coded |= {name: (levels.codes, len(levels.names)) for name, levels in features.categories.items()}
    found = [
        Leak(name, area_under_curve(cross_fitted(codes, outcome, folds, size), outcome))
        for name, (codes, size) in coded.items()
    ]
    return tuple(sorted((leak for leak in found if leak.auc >= suspicious), key=lambda leak: -leak.auc))


def _binned(values: Array) -> tuple[Integers, int]:
    absent = np.isnan(values)
    if absent.all():
        return np.zeros(len(values), dtype=np.int64), 1
    edges = np.unique(np.quantile(values[~absent], np.linspace(0, 1, BINS + 1)[1:-1]))
    codes = np.where(absent, len(edges) + 1, np.searchsorted(edges, values, side="right"))
    return codes.astype(np.int64), len(edges) + 2
