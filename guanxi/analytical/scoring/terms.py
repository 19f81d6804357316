"""From features to columns of a linear model: numbers in standard units, categories as what their levels did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.scoring.features import Features, Levels

PRIOR = 20.0  # units at the base rate that every level is mixed with
FLAT = 1e-12  # a spread below this share of the size is rounding


@dataclass(frozen=True, slots=True)
class NumberTerm:
    """coefficient · (x − mean) / spread, x kept between `low` and `high` as seen; `missing` where there is no x.

    Both are log-odds beside the average unit, of which a share `missing_share` had no x.
    """

    name: str
    mean: float
    spread: float
    low: float
    high: float
    missing_share: float
    coefficient: float = 0.0
    missing: float = 0.0

    def columns(self, values: Array) -> list[Array]:
        """One column in standard units, 0 where missing, and one that marks what is missing if anything was."""
        absent = np.isnan(values)
        standard = np.where(absent, 0.0, (np.clip(values, self.low, self.high) - self.mean) / self.spread)
        return [standard, absent - self.missing_share] if self.missing_share else [standard]

    def contribution(self, values: Array) -> Array:
        """Log-odds of each unit beside the average one."""
        standard, *absent = self.columns(values)
        return np.asarray(self.coefficient * standard + sum(self.missing * each for each in absent), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class CategoryTerm:
    """coefficient · (level's log-odds − mean). levels: by name, shrunk to the base rate; a level never seen has 0."""

    name: str
    mean: float
    levels: Mapping[str, float]
    coefficient: float = 0.0

    def encoded(self, values: Levels) -> Array:
        """What is known of each unit's level, in log-odds beside the base rate."""
        known = np.array([self.levels.get(name, 0.0) for name in values.names])
        return known[values.codes] if len(known) else np.zeros(len(values.codes))

    def contribution(self, values: Levels) -> Array:
        """Log-odds of each unit beside the average one."""
        return np.asarray(self.coefficient * (self.encoded(values) - self.mean), dtype=np.float64)


def number_term(name: str, values: Array) -> NumberTerm:
    """Mean, spread and range of what is there; a number that is always missing or constant weighs nothing."""
    present = values[~np.isnan(values)]
    if not present.size:
        return NumberTerm(name, 0.0, 1.0, 0.0, 0.0, 0.0)
    size = max(float(np.abs(present).max()), 1e-100)
    mean, spread = float((present / size).mean() * size), float((present / size).std() * size)
    share = 1.0 - len(present) / len(values)
    spread = spread if spread > FLAT * size else size
    return NumberTerm(name, mean, spread, float(present.min()), float(present.max()), share)


def level_log_odds(codes: Integers, happened: Array, size: int) -> Array:
    """Log-odds of each level beside the base rate, mixed with PRIOR units at that rate: rare levels say little."""
    base = (happened.sum() + 0.5) / (len(happened) + 1.0)
    count = np.bincount(codes, minlength=size)
    events = np.bincount(codes, weights=happened, minlength=size)
    return np.asarray(logit((events + PRIOR * base) / (count + PRIOR)) - logit(base), dtype=np.float64)


def cross_fitted(codes: Integers, happened: Array, folds: Integers, size: int) -> Array:
    """Each unit's level encoded from the units of the other folds, so that no unit tells its own outcome."""
    encoded = np.empty(len(codes))
    for fold in range(int(folds.max()) + 1):
        own = folds == fold
        encoded[own] = level_log_odds(codes[~own], happened[~own], size)[codes[own]]
    return encoded


def stratified_folds(happened: Array, folds: int, seed: int) -> Integers:
    """A fold for each unit, at random with the outcomes spread evenly."""
    rng = np.random.default_rng(seed)
    place = np.empty(len(happened), dtype=np.int64)
    for outcome in (0.0, 1.0):
        units = np.flatnonzero(happened == outcome)
        place[units] = rng.permutation(np.arange(len(units)) % folds)
    return place


def number_terms(features: Features) -> list[NumberTerm]:
    """A term a number, not yet weighed."""
    return [number_term(name, values) for name, values in features.numbers.items()]
