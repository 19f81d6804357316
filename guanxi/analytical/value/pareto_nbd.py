"""Pareto/NBD: Schmittlein, Morrison & Colombo (1987), Management Science 33, 1-24; Fader & Hardie (2005), note 009.

Assumptions: (1) while active a customer buys as a Poisson process of rate λ; (2) λ differs between customers as a gamma
distribution (shape r, rate alpha); (3) a customer leaves for good at a constant rate μ, whether buying or not; (4) μ
differs between customers as a gamma distribution (shape s, rate beta); (5) λ and μ are independent.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from scipy.special import digamma, exprel, gammaln

from guanxi.analytical.arrays import Array, Integers, dot
from guanxi.analytical.value.fitting import EDGE, LARGEST, Finding, FitReport, least
from guanxi.analytical.value.histories import Histories, Statistics, distinct
from guanxi.analytical.value.race import Race, buying_first, leaving_first

STARTS = ((0.5, 1.0, 0.5, 1.5), (1.5, 5.0, 0.3, 5.0), (5.0, 1.0, 2.0, 10.0))
NAMES = ("r", "alpha", "s", "beta")
SCALED_SPAN = 10.0
NEGLIGIBLE = 1e-3


@dataclass(frozen=True, slots=True)
class ParetoNbd:
    """Dropout at any moment, also before a repeat purchase. alpha and beta have the unit of time of the histories."""

    r: float
    alpha: float
    s: float
    beta: float
    report: FitReport | None = field(default=None, compare=False)

    def rounded(self, digits: int) -> Self:
        """The same model with parameters rounded, to compare with a printed table."""
        return replace(self, **{name: round(getattr(self, name), digits) for name in NAMES})


def fit_pareto_nbd(statistics: Statistics) -> ParetoNbd:
    """The likeliest Pareto/NBD. NotEnoughDataError without a customer; runaway parameters stand in the report."""
    scale = SCALED_SPAN / statistics.span
    optimum = least(Likelihood(statistics, scale), STARTS)
    r, alpha, s, beta = (float(p) for p in optimum.parameters)
    repeats = dot(statistics.count, statistics.frequency)
    report = FitReport(
        # The likelihood of scaled times differs from that of the caller's by one factor `scale` per repeat purchase.
        log_likelihood=float(-optimum.loss * statistics.customers + repeats * np.log(scale)),
        customers=statistics.customers,
        converged=optimum.converged,
        runaway=tuple(NAMES[i] for i in optimum.at_edge),
        findings=_findings(r, s, beta, optimum.converged),
    )
    return ParetoNbd(r, alpha / scale, s, beta / scale, report)


def _findings(r: float, s: float, beta: float, converged: bool) -> tuple[Finding, ...]:
    rules = [
        (Finding.NOT_CONVERGED, not converged),
        (Finding.NO_DROPOUT, s * np.log1p(SCALED_SPAN / beta) < NEGLIGIBLE),
        (Finding.EQUAL_DROPOUT, min(s, beta) > LARGEST / 100),
        (Finding.EQUAL_RATES, r * EDGE > LARGEST / 100),
    ]
    return tuple(finding for finding, holds in rules if holds)


class Likelihood:
    """Mean negative log-likelihood of counted histories with its gradient in (r, alpha, s, beta).

    A customer either is active at T or left between the last purchase and T. With S(t) = (α+t)^−(r+x) · (β+t)^−s the
    two add up to S(T) · E[λ/(λ+μ)] + S(t_x) · E[μ/(λ+μ)], each mean over what is known of λ and μ at T and at t_x. The
    means are integrals over distinct (x, T) and (x, t_x) only; a row costs two logarithms and an exponential.
    """

    def __init__(self, statistics: Statistics, scale: float) -> None:
        self.weight = statistics.count / statistics.customers
        self.end = Moment(statistics.frequency, statistics.T * scale)
        self.last = Moment(statistics.frequency, statistics.recency * scale)
        self.x, of_x = np.unique(statistics.frequency, return_inverse=True)
        self.weight_of_x = np.bincount(of_x, weights=self.weight)

    def __call__(self, parameters: Array) -> tuple[float, Array]:
        r, alpha, s, beta = parameters
        end, last = self.end.at(parameters, buys=True), self.last.at(parameters, buys=False)
        at_end, at_last = end.log[self.end.of_row], last.log[self.last.of_row]
        both = np.logaddexp(at_end, at_last)
        active = self.weight * np.exp(at_end - both)
        shape = r + self.x
        known = self.weight_of_x @ (gammaln(shape) - gammaln(r)) + r * np.log(alpha) + s * np.log(beta)
        gradient = self.end.summed(active, end) + self.last.summed(self.weight - active, last)
        gradient += np.array(
            [
                self.weight_of_x @ (digamma(shape) - digamma(r)) + np.log(alpha),
                r / alpha,
                np.log(beta),
                s / beta,
            ]
        )
        return -float(known + dot(self.weight, both)), -gradient


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """Logarithm of one of the two terms for each distinct pair, and its gradient: four columns."""

    log: Array
    gradient: tuple[Array, Array, Array, Array]


class Moment:
    """Distinct pairs of purchases and a moment in time, and the pair of each row."""

    of_row: Integers

    def __init__(self, frequency: Array, time: Array) -> None:
        self.of_row, rows = distinct(frequency, time)
        self.x, self.time = frequency[rows], time[rows]

    def at(self, parameters: Array, *, buys: bool) -> Term:
        """S(t) times the chance that the next thing to happen is a purchase, or else that the customer leaves."""
        r, alpha, s, beta = parameters
        shape, buying, leaving = r + self.x, alpha + self.time, beta + self.time
        log_buying, log_leaving = np.log(buying), np.log(leaving)
        race: Race = (buying_first if buys else leaving_first)(shape, s, buying / leaving)
        gradient = (
            race.by_m - log_buying,
            (race.by_log_ratio - shape) / buying,
            race.by_s - log_leaving,
            -(race.by_log_ratio + s) / leaving,
        )
        return Term(race.log - shape * log_buying - s * log_leaving, gradient)

    def summed(self, weight: Array, term: Term) -> Array:
        """The gradient of all rows, each with its weight."""
        of_pair = np.bincount(self.of_row, weights=weight, minlength=len(self.x)).astype(np.float64)
        return np.array([dot(of_pair, column) for column in term.gradient])


def log_odds_gone(model: ParetoNbd, histories: Histories) -> Array:
    """Logarithm of the posterior odds that a customer has left by the as-of date."""
    end, last = Moment(histories.frequency, histories.T), Moment(histories.frequency, histories.recency)
    parameters = np.array([model.r, model.alpha, model.s, model.beta])
    shape = model.r + end.x
    buying, leaving = model.alpha + end.time, model.beta + end.time
    active = -shape * np.log(buying) - model.s * np.log(leaving)
    gone_later = leaving_first(shape, model.s, buying / leaving).log
    left = last.at(parameters, buys=False).log[last.of_row] - active[end.of_row]
    # Left between t_x and T: the chance to leave first from t_x on, less that from T on.
    with np.errstate(divide="ignore"):
        return np.asarray(left + np.log(-np.expm1(np.minimum(gone_later[end.of_row] - left, 0.0))), dtype=np.float64)


def purchases_while_active(model: ParetoNbd, x: Array, T: Array, horizon: float) -> Array:
    """Purchases within `horizon` of customers who are active at T; the note's expression, but finite where s is 1.

    The mean of λ times the mean time until leaving or the horizon, (β+T) / (s−1) · (1 − ((β+T)/(β+T+t))^(s−1)).
    """
    longer = np.log1p(horizon / (model.beta + T))
    time = (model.beta + T) * longer * exprel((1.0 - model.s) * longer)
    return np.asarray((model.r + x) / (model.alpha + T) * time, dtype=np.float64)
