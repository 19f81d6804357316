"""From log-odds to chances that come true as often as they say, by the plainest way that the data support."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from scipy.optimize import isotonic_regression
from scipy.special import expit

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.scoring.logistic import fit_logistic

BIN = 50  # fewest units a step of the isotonic curve stands on
MOST_BINS = 100


class CalibrationKind(StrEnum):
    """NONE: the model's own. PLATT (1999): a line in log-odds. ISOTONIC (Zadrozny & Elkan 2002): any rising curve."""

    NONE = "none"
    PLATT = "platt"
    ISOTONIC = "isotonic"


@dataclass(frozen=True, slots=True)
class Calibration:
    """slope, shift: chance = expit(shift + slope · log-odds). at, chances: for ISOTONIC, interpolated between."""

    kind: CalibrationKind = CalibrationKind.NONE
    slope: float = 1.0
    shift: float = 0.0
    at: tuple[float, ...] = ()
    chances: tuple[float, ...] = ()

    def __call__(self, log_odds: Array) -> Array:
        """The chance of each unit."""
        if self.kind is CalibrationKind.ISOTONIC:
            return np.asarray(np.interp(log_odds, self.at, self.chances), dtype=np.float64)
        return np.asarray(expit(self.shift + self.slope * log_odds), dtype=np.float64)


def fit_calibration(kind: CalibrationKind, log_odds: Array, happened: Array) -> Calibration:
    """The calibration of one kind for log-odds of units that the model was not fitted on."""
    if kind is CalibrationKind.PLATT:
        # Platt's targets: one unit of each outcome is added, so that no chance becomes 0 or 1.
        events, rest = happened.sum(), len(happened) - happened.sum()
        targets = np.where(happened > 0, (events + 1) / (events + 2), 1 / (rest + 2))
        shift, slopes = fit_logistic(log_odds[:, None], targets, penalty=1e-6)
        # A slope below 0 would turn the ranking around: such a score says nothing, and all get one chance.
        return Calibration(kind, float(slopes[0]), shift) if slopes[0] > 0 else _constant(happened)
    if kind is CalibrationKind.ISOTONIC:
        return _isotonic(log_odds, happened)
    return Calibration()


def _constant(happened: Array) -> Calibration:
    base = (float(happened.sum()) + 0.5) / (len(happened) + 1.0)
    return Calibration(CalibrationKind.PLATT, 0.0, float(np.log(base / (1 - base))))


def _isotonic(log_odds: Array, happened: Array) -> Calibration:
    """Pool adjacent violators over bins of equal size, each mixed with one unit at the base rate."""
    order = np.argsort(log_odds, kind="stable")
    bins = max(min(len(order) // BIN, MOST_BINS), 1)
    parts = np.array_split(order, bins)
    count = np.array([len(part) for part in parts], dtype=np.float64)
    at = np.array([log_odds[part].mean() for part in parts])
    share = np.array([(happened[part].sum() + happened.mean()) / (len(part) + 1) for part in parts])
    curve = isotonic_regression(share, weights=count).x
    return Calibration(CalibrationKind.ISOTONIC, at=tuple(map(float, at)), chances=tuple(map(float, curve)))


def choose_calibration(log_odds: Array, happened: Array, folds: Integers) -> tuple[Calibration, Array]:
    """The plainest calibration that none beats by more than a standard error of the Brier score, tried across `folds`.

    With it the chance of each unit by a calibration fitted on the other folds, for an honest evaluation.
    """
    chosen = CalibrationKind.NONE
    best = expit(log_odds)
    for kind in (CalibrationKind.PLATT, CalibrationKind.ISOTONIC):
        tried = np.empty(len(log_odds))
        for fold in range(int(folds.max()) + 1):
            own = folds == fold
            tried[own] = fit_calibration(kind, log_odds[~own], happened[~own])(log_odds[own])
        gain = (best - happened) ** 2 - (tried - happened) ** 2
        if gain.mean() > gain.std() / sqrt(len(gain)):
            chosen, best = kind, tried
    return fit_calibration(chosen, log_odds, happened), np.asarray(best, dtype=np.float64)
