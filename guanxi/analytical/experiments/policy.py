"""What another rule would have earned, from customers who were treated by the rule that was in force.

Each customer counts by how much more often the new rule would have given the arm that was given. That needs the chances
of every assignment, as drawn and not as estimated, and refuses where the old rule never tried what the new one wants.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from guanxi.analytical.arrays import Array, Integers, column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.experiments.assignment import Design
from guanxi.analytical.experiments.effects import LEVEL
from guanxi.analytical.experiments.thompson import chances

EFFECTIVE = 30  # fewer customers than these, in effect, have no near-normal mean


@dataclass(frozen=True, slots=True)
class Log:
    """What was done and what came of it. outcomes: one per customer. taken: place in `arms` of the arm given.

    probabilities: a row per customer, a column per arm, the chances at the moment of assignment; rows sum to 1.
    """

    arms: tuple[str, ...]
    outcomes: Array
    taken: Integers
    probabilities: Array

    def __post_init__(self) -> None:
        column(self.outcomes, "outcomes")
        same_length(outcomes=self.outcomes, taken=self.taken, probabilities=self.probabilities)
        if len(set(self.arms)) < len(self.arms):
            raise AnalysisError(f"Arms need different names: {self.arms}.")
        _chances(self.probabilities, self)
        if not np.isin(self.taken, np.arange(len(self.arms))).all() or self.taken.dtype.kind != "i":
            raise AnalysisError("A customer was given an arm that is not named.")
        if len(self.taken) and not self.at_taken(self.probabilities).all():
            raise AnalysisError("A customer was given an arm whose chance is recorded as 0.")

    @classmethod
    def of(cls, design: Design, given: ArrayLike, outcomes: ArrayLike) -> Log:
        """From one round: the name of each customer's arm, hold-out included, and the outcome."""
        drawn = chances(design)
        arms, names, values = np.array(list(drawn)), np.asarray(given, dtype=np.str_), column(outcomes, "outcomes")
        if len(unknown := np.setdiff1d(names, arms)):
            raise AnalysisError(f"The design has no arm named {unknown[0]}.")
        order = np.argsort(arms)
        taken = order[np.searchsorted(arms, names, sorter=order)].astype(np.int64)
        return cls(tuple(drawn), values, taken, np.tile(np.array(list(drawn.values())), (len(values), 1)))

    def __add__(self, other: Log) -> Log:
        """Two rounds together."""
        if self.arms != other.arms:
            raise AnalysisError("Rounds with different arms cannot be read as one.")
        pairs = [(getattr(self, part), getattr(other, part)) for part in ("outcomes", "taken", "probabilities")]
        return Log(self.arms, *(np.concatenate(pair) for pair in pairs))

    def at_taken(self, figures: Array) -> Array:
        """Of a row per customer and a column per arm, the figure of the arm that the customer was given."""
        chosen: Array = figures[np.arange(len(figures)), self.taken]
        return chosen

    def rule(self, given: str | Sequence[str] | ArrayLike) -> Array:
        """The rule that gives everybody one arm, or each customer the arm named, as chances of 0 and 1."""
        names = np.asarray(given, dtype=np.str_)
        if names.ndim:
            same_length(outcomes=self.outcomes, given=names)
        names = np.broadcast_to(names, len(self.outcomes))
        chosen: Array = (names[:, None] == np.array(self.arms)).astype(np.float64)
        if not chosen.any(axis=1).all():
            raise AnalysisError("The rule gives an arm that is not in the log.")
        return chosen


@dataclass(frozen=True, slots=True)
class PolicyValue:
    """Mean outcome per customer had the rule been in force. gain: over what was in force, the baseline.

    low, high and gain_low, gain_high: intervals of `level`. effective: how many customers the weighted ones are worth.
    heaviest: the largest weight.
    """

    method: str
    value: float
    standard_error: float
    low: float
    high: float
    gain: float
    gain_low: float
    gain_high: float
    effective: float
    heaviest: float
    level: float = LEVEL


def inverse_propensity(log: Log, rule: Array, *, level: float = LEVEL) -> PolicyValue:
    """Σ w·y / n with w = the rule's chance of the arm given over its chance when drawn (Horvitz & Thompson 1952).

    Free of bias; spreads widely where weights do, and moves when a constant is added to all outcomes. rule: a row per
    customer, a column per arm, rows sum to 1. AnalysisError when the rule wants what was never tried for a customer,
    NotEnoughDataError when the weighted customers are worth fewer than 30.
    """
    weights = _weights(log, rule)
    return _value("ips", log, weights * log.outcomes, weights, level)


def self_normalised(log: Log, rule: Array, *, level: float = LEVEL) -> PolicyValue:
    """Σ w·y / Σ w (Hájek; Swaminathan & Joachims 2015): a small bias that fades as 1/n, mostly a much smaller spread.

    Arguments and errors as `inverse_propensity`. The interval is that of the ratio to first order.
    """
    weights = _weights(log, rule)
    value = float((weights * log.outcomes).sum() / weights.sum())
    return _value("snips", log, value + weights * (log.outcomes - value) / weights.mean(), weights, level)


def doubly_robust(log: Log, rule: Array, expected: Array, *, level: float = LEVEL) -> PolicyValue:
    """Mean of what a model expects under the rule, corrected by its errors on the arms given (Dudík et al. 2011).

    expected: the model's outcome for each customer under each arm, in the shape of the rule, fitted without that
    customer (cross-fitting). With drawn chances it is free of bias whatever the model, and narrower the better it is.
    Other arguments and errors as `inverse_propensity`.
    """
    weights = _weights(log, rule)
    if expected.shape != rule.shape or not np.isfinite(expected).all():
        raise AnalysisError("The model must expect a finite outcome for each customer under each arm.")
    scores = (rule * expected).sum(axis=1) + weights * (log.outcomes - log.at_taken(expected))
    return _value("dr", log, scores, weights, level)


def _weights(log: Log, rule: Array) -> Array:
    _chances(rule, log)
    untried = np.flatnonzero(((rule > 0) & (log.probabilities == 0)).any(axis=0))
    if len(untried):
        raise AnalysisError(f"The rule wants {log.arms[untried[0]]} for customers who could not have been given it.")
    weights: Array = log.at_taken(rule) / log.at_taken(log.probabilities)
    if (effective := _effective(weights)) < EFFECTIVE:
        raise NotEnoughDataError(
            f"What was done says too little of this rule: as much as {effective:.0f} customers, {EFFECTIVE} are needed."
        )
    return weights


def _chances(probabilities: Array, log: Log) -> None:
    if probabilities.shape != (len(log.outcomes), len(log.arms)):
        raise AnalysisError("Chances need a row per customer and a column per arm.")
    if not (np.isfinite(probabilities).all() and (probabilities >= 0).all()):
        raise AnalysisError("Chances must be numbers from 0 to 1.")
    if not np.allclose(probabilities.sum(axis=1), 1.0, atol=1e-6):
        raise AnalysisError("The chances of a customer must sum to 1 over the arms.")


def _effective(weights: Array) -> float:
    """Kish's effective sample size (Σ w)² / Σ w²."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def _value(method: str, log: Log, scores: Array, weights: Array, level: float) -> PolicyValue:
    """The mean of one score per customer, and of its gain over the outcome as it was."""
    if not 0 < level < 1:
        raise AnalysisError(f"A level lies between 0 and 1, it is {level:g}.")
    z, root = float(norm.ppf(0.5 + level / 2)), sqrt(len(scores))
    value, error = float(scores.mean()), float(scores.std(ddof=1)) / root
    gains = scores - log.outcomes
    gain, gain_error = float(gains.mean()), float(gains.std(ddof=1)) / root
    return PolicyValue(
        method=method,
        value=value,
        standard_error=error,
        low=value - z * error,
        high=value + z * error,
        gain=gain,
        gain_low=gain - z * gain_error,
        gain_high=gain + z * gain_error,
        effective=_effective(weights),
        heaviest=float(weights.max()),
        level=level,
    )
