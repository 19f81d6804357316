"""The family of models in which a customer buys at random while active and may drop out after a purchase.

Assumptions (Fader, Hardie & Lee 2005, Marketing Science 24, 275-284; Batislam, Denizel & Filiztekin 2007, IJRM 24,
201-209): (1) while active a customer buys as a Poisson process of rate λ; (2) λ differs between customers as a gamma
distribution (shape r, rate alpha); (3) after each purchase the customer drops out for good with chance p; (4) p differs
between customers as a beta distribution (a, b); (5) λ and p are independent. The two models differ in one number, the
`chances` to drop out that come before the first repeat purchase: none in the BG/NBD, one in the MBG/NBD.
"""

from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

import numpy as np
from scipy.special import betaln, digamma, gammaln

from guanxi.analytical.arrays import Array, dot
from guanxi.analytical.value.fitting import EDGE, LARGEST, Finding, FitReport, least
from guanxi.analytical.value.histories import Statistics

STARTS = ((0.5, 1.0, 0.5, 1.5), (1.5, 5.0, 0.2, 5.0), (5.0, 1.0, 2.0, 10.0))
SCALED_SPAN = 10.0
NEGLIGIBLE = 1e-3


@dataclass(frozen=True, slots=True)
class DropoutModel:
    """Parameters of a model of the family. alpha has the unit of time of the histories; the others have none."""

    chances: ClassVar[int]

    r: float
    alpha: float
    a: float
    b: float
    report: FitReport | None = field(default=None, compare=False)

    def rounded(self, digits: int) -> Self:
        """The same model with parameters rounded, to compare with a printed table."""
        figures = {name: round(getattr(self, name), digits) for name in ("r", "alpha", "a", "b")}
        return replace(self, **figures)


def fit_dropout(model: type[DropoutModel], statistics: Statistics) -> DropoutModel:
    """The likeliest parameters for the customers counted in `statistics`."""
    scale = SCALED_SPAN / statistics.span
    likelihood = Likelihood(statistics, scale, model.chances)
    optimum = least(likelihood, STARTS)
    r, alpha, a, b = (float(p) for p in optimum.parameters)
    names = ("r", "alpha", "a", "b")
    repeats = dot(statistics.count, statistics.frequency)
    # The likelihood of scaled times differs from that of the caller's by one factor `scale` per repeat purchase.
    log_likelihood = -optimum.loss * statistics.customers + repeats * np.log(scale)
    report = FitReport(
        log_likelihood=float(log_likelihood),
        customers=statistics.customers,
        converged=optimum.converged,
        runaway=tuple(names[i] for i in optimum.at_edge),
        findings=_findings(r, a, b, optimum.converged),
    )
    return model(r, float(alpha / scale), a, b, report)


def _findings(r: float, a: float, b: float, converged: bool) -> tuple[Finding, ...]:
    rules = [
        (Finding.NOT_CONVERGED, not converged),
        (Finding.NO_DROPOUT, a / (a + b) < NEGLIGIBLE),
        (Finding.EQUAL_DROPOUT, min(a, b) > LARGEST / 100),
        (Finding.EQUAL_RATES, r * EDGE > LARGEST / 100),
    ]
    return tuple(finding for finding, holds in rules if holds)


class Likelihood:
    """Mean negative log-likelihood of counted histories with its gradient in (r, alpha, a, b).

    Special functions are taken over distinct frequencies and logarithms over distinct times only. What is linear in the
    rows is summed once; only whoever can have dropped out costs an exponential a row.
    """

    def __init__(self, statistics: Statistics, scale: float, chances: int) -> None:
        weight = statistics.count / statistics.customers
        self.x, of_x = np.unique(statistics.frequency, return_inverse=True)
        self.T, of_T = np.unique(statistics.T * scale, return_inverse=True)
        self.events = self.x + chances
        self.weight_of_x = np.bincount(of_x, weights=weight)
        self.weight_of_T = np.bincount(of_T, weights=weight)
        self.purchases_of_T = np.bincount(of_T, weights=weight * statistics.frequency)
        exposed = self.events[of_x] > 0
        self.t_x, self.of_t_x = np.unique(statistics.recency[exposed] * scale, return_inverse=True)
        self.weight, self.of_x, self.of_T = weight[exposed], of_x[exposed], of_T[exposed]

    def __call__(self, parameters: Array) -> tuple[float, Array]:
        r, alpha, a, b = parameters
        shape, end = r + self.x, b + self.events
        log_T, log_t_x = np.log(alpha + self.T), np.log(alpha + self.t_x)
        silence = log_T[self.of_T] - log_t_x[self.of_t_x]
        log_odds = (np.log(a) - np.log(end[self.of_x] - 1.0)) + shape[self.of_x] * silence
        decay = np.exp(-np.abs(log_odds))
        dead = self.weight * np.where(log_odds > 0, 1.0, decay) / (1.0 + decay)
        by_x = gammaln(shape) - gammaln(r) + r * np.log(alpha) + betaln(a, end) - betaln(a, b)
        by_T = (r * self.weight_of_T + self.purchases_of_T) @ log_T
        by_row = dot(self.weight, np.maximum(log_odds, 0.0) + np.log1p(decay))
        return float(by_T - self.weight_of_x @ by_x - by_row), -self._gradient(parameters, dead, silence, log_T)

    def _gradient(self, parameters: Array, dead: Array, silence: Array, log_T: Array) -> Array:
        r, alpha, a, b = parameters
        shape, end = r + self.x, b + self.events
        dead_of_x = np.bincount(self.of_x, weights=dead, minlength=len(self.x))
        sooner = (1.0 / (alpha + self.t_x))[self.of_t_x] - (1.0 / (alpha + self.T))[self.of_T]
        observed = (r * self.weight_of_T + self.purchases_of_T) @ (1.0 / (alpha + self.T))
        by_a_b = self.weight_of_x @ (digamma(a + b) - digamma(a + end))
        last = np.divide(dead_of_x, end - 1.0, out=np.zeros(len(end)), where=dead_of_x > 0)
        return np.array(
            [
                self.weight_of_x @ (digamma(shape) - digamma(r) + np.log(alpha))
                - self.weight_of_T @ log_T
                + dot(dead, silence),
                r / alpha - observed - dot(dead * shape[self.of_x], sooner),
                by_a_b + dead_of_x.sum() / a,
                by_a_b + self.weight_of_x @ (digamma(end) - digamma(b)) - last.sum(),
            ]
        )
