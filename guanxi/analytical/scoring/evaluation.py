"""How well chances told beforehand fitted what happened: ranking, calibration, and the base rate beside both."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm, rankdata

from guanxi.analytical.arrays import Array, column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.shares import wilson
from guanxi.analytical.value.scores import area_under_curve

LEVEL = 0.95
BINS = 10
TOP = 0.1


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A tenth of the units by score: mean chance told, share to whom it happened with its interval, how many."""

    predicted: float
    observed: float
    low: float
    high: float
    units: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Chances beside outcomes of units that the model was not fitted on.

    auc: chance that a unit to whom it happened has the higher score, with the interval of `level` (DeLong et al. 1988).
    average_precision: area under precision over recall; `base_rate` is what chance gives. brier: mean squared error of
    the chance; base_brier: of the rate known beforehand, told to everybody. gain: the second minus the first, with its
    interval. lift: how many times the base rate it happened in the tenth put first. curve: told and happened by tenths.
    """

    units: int
    events: int
    auc: float
    auc_low: float
    auc_high: float
    average_precision: float
    brier: float
    base_brier: float
    gain: float
    gain_low: float
    gain_high: float
    lift: float
    curve: tuple[CurvePoint, ...]
    level: float = LEVEL

    @property
    def base_rate(self) -> float:
        """Share to whom it happened."""
        return self.events / self.units

    @property
    def ranks(self) -> bool:
        """True when the interval of the AUC lies above one half."""
        return self.auc_low > 0.5

    @property
    def beats_base_rate(self) -> bool:
        """True when the interval of the gain in Brier score lies above 0."""
        return self.gain_low > 0


def evaluate(
    chances: ArrayLike, happened: ArrayLike, *, known_rate: float | None = None, level: float = LEVEL
) -> Evaluation:
    """Judge chances by outcomes (0 or 1), one a unit.

    known_rate: the base rate known beforehand, by default that of `happened`.
    AnalysisError when a chance lies outside 0 and 1, NotEnoughDataError unless both outcomes occur.
    """
    told, outcome = column(chances, "chances", lowest=0), outcomes(happened)
    same_length(chances=told, happened=outcome)
    if told.size and told.max() > 1:
        raise AnalysisError(f"A chance lies between 0 and 1; {told.max():g} is none.")
    if not 0 < level < 1:
        raise AnalysisError(f"A level lies between 0 and 1, {level:g} does not.")
    if known_rate is not None and not 0 <= known_rate <= 1:
        raise AnalysisError(f"A base rate lies between 0 and 1, {known_rate:g} does not.")
    z = float(norm.ppf(0.5 + level / 2))
    auc = area_under_curve(told, outcome)
    reach = z * _auc_error(told, outcome)
    rate = float(outcome.mean()) if known_rate is None else known_rate
    gain = (rate - outcome) ** 2 - (told - outcome) ** 2
    gain_reach = z * float(gain.std()) / sqrt(len(gain))
    return Evaluation(
        units=len(outcome),
        events=int(outcome.sum()),
        auc=auc,
        auc_low=max(auc - reach, 0.0),
        auc_high=min(auc + reach, 1.0),
        average_precision=_average_precision(told, outcome),
        brier=float(((told - outcome) ** 2).mean()),
        base_brier=float(((rate - outcome) ** 2).mean()),
        gain=float(gain.mean()),
        gain_low=float(gain.mean()) - gain_reach,
        gain_high=float(gain.mean()) + gain_reach,
        lift=_lift(told, outcome),
        curve=_curve(told, outcome, z),
        level=level,
    )


def outcomes(happened: ArrayLike) -> Array:
    """A checked column of outcomes: 0 and 1, both of which occur."""
    outcome = column(happened, "happened")
    if not np.isin(outcome, (0.0, 1.0)).all():
        raise AnalysisError("An outcome is 0 or 1.")
    if not 0 < outcome.sum() < len(outcome):
        raise NotEnoughDataError("The outcome is the same for everybody, or nobody is there: nothing to learn from.")
    return outcome


def _auc_error(told: Array, outcome: Array) -> float:
    """Standard error of the AUC, from each unit's share of units of the other outcome that it is ranked right with."""
    yes = outcome > 0
    some, rest = int(yes.sum()), int((~yes).sum())
    ranks = rankdata(told)
    above = (ranks[yes] - rankdata(told[yes])) / rest
    below = (ranks[~yes] - rankdata(told[~yes])) / some
    return sqrt(above.var() / max(some - 1, 1) + below.var() / max(rest - 1, 1))


def _average_precision(told: Array, outcome: Array) -> float:
    order = np.argsort(-told, kind="stable")
    last = np.append(np.diff(told[order]) != 0, True)  # units of one score come in together
    found = np.cumsum(outcome[order])[last]
    precision = found / (np.flatnonzero(last) + 1)
    return float((precision * np.diff(found, prepend=0.0)).sum() / outcome.sum())


def _lift(told: Array, outcome: Array) -> float:
    """Units of one score count with their mean, so that the order of the rows does not matter."""
    _, codes = np.unique(told, return_inverse=True)
    mean = np.bincount(codes, weights=outcome) / np.bincount(codes)
    first = np.argsort(-told, kind="stable")[: max(round(TOP * len(told)), 1)]
    return float(mean[codes][first].mean() / outcome.mean())


def _curve(told: Array, outcome: Array, z: float) -> tuple[CurvePoint, ...]:
    parts = np.array_split(np.argsort(told, kind="stable"), min(BINS, len(told)))
    points = []
    for part in parts:
        share = float(outcome[part].mean())
        points.append(CurvePoint(float(told[part].mean()), share, *wilson(share, len(part), z), len(part)))
    return tuple(points)
