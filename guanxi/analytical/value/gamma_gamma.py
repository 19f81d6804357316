"""Gamma-gamma model of what customers spend: Fader & Hardie (2013), "The gamma-gamma model of monetary value".

Assumptions: (1) a customer's spending varies around a personal mean as a gamma distribution of shape p; (2) its scale
differs between customers as a gamma distribution (shape q, rate gamma); (3) the mean does not depend on how often the
customer buys: check that before using it.
"""

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, gammaln

from guanxi.analytical.arrays import Array, column, dot, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.value.fitting import LARGEST, SMALLEST, Finding, FitReport, least

STARTS = ((4.0, 4.0, 1.0), (1.0, 2.0, 1.0), (50.0, 10.0, 0.2))
# Below q = 1 the population has no mean value, and a forecast for a customer without purchases is infinite.
SMALLEST_Q = 1.01


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """Parameters; gamma is in the currency of the values, p and q have no unit."""

    p: float
    q: float
    gamma: float
    report: FitReport | None = field(default=None, compare=False)

    def rounded(self, digits: int) -> Self:
        """The same model with parameters rounded, to compare with a printed table."""
        return replace(self, **{name: round(getattr(self, name), digits) for name in ("p", "q", "gamma")})

    @property
    def mean_value(self) -> float:
        """Mean value of a purchase over the population."""
        return self.p * self.gamma / (self.q - 1.0)


def fit_gamma_gamma(count: ArrayLike, value: ArrayLike) -> GammaGamma:
    """The likeliest parameters given `count` purchases of mean `value` for each customer (two arrays of one length).

    Customers without a purchase, or whose purchases were all free, say nothing about spending and are left out; the
    published figures count repeat purchases only. NotEnoughDataError when nobody is left, AnalysisError for parts of a
    purchase.
    """
    x, m = column(count, "count", lowest=0), column(value, "value", lowest=0)
    same_length(count=x, value=m)
    if ((x > 0) & (x < 1)).any():
        raise AnalysisError("count holds less than one purchase.")
    paying = (x > 0) & (m > 0)
    if not paying.any():
        raise NotEnoughDataError("Nobody bought anything of a value above zero.")
    x, m = x[paying], m[paying]
    scale = dot(x, m) / float(x.sum())
    optimum = least(Likelihood(x, m / scale), STARTS, smallest=(SMALLEST, SMALLEST_Q, SMALLEST))
    p, q, gamma = (float(parameter) for parameter in optimum.parameters)
    report = FitReport(
        # One density per customer, each in units of 1 / scale.
        log_likelihood=float(-optimum.loss * len(x) - len(x) * np.log(scale)),
        customers=float(len(x)),
        converged=optimum.converged,
        runaway=tuple(("p", "q", "gamma")[i] for i in optimum.at_edge),
        findings=_findings(p, q, optimum.converged),
    )
    return GammaGamma(p, q, gamma * scale, report)


def _findings(p: float, q: float, converged: bool) -> tuple[Finding, ...]:
    rules = [
        (Finding.NOT_CONVERGED, not converged),
        (Finding.EQUAL_VALUES, max(p, q) > LARGEST / 100),
        (Finding.NO_MEAN_VALUE, q < SMALLEST_Q * 1.05),
    ]
    return tuple(finding for finding, holds in rules if holds)


class Likelihood:
    """Mean negative log-likelihood with its gradient in (p, q, gamma); special functions over distinct counts only."""

    def __init__(self, count: Array, value: Array) -> None:
        self.customers = len(count)
        self.x, self.of_x, number = np.unique(count, return_inverse=True, return_counts=True)
        self.weight_of_x = number / self.customers
        self.log_value_of_x = np.bincount(self.of_x, weights=np.log(value)) / self.customers
        self.total = count * value

    def __call__(self, parameters: Array) -> tuple[float, Array]:
        p, q, gamma = parameters
        px, spread = p * self.x, gamma + self.total
        log_spread_of_x = np.bincount(self.of_x, weights=np.log(spread)) / self.customers
        each = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(gamma) + px * np.log(self.x)
        loss = -(self.weight_of_x @ each + (px - 1.0) @ self.log_value_of_x - (px + q) @ log_spread_of_x)
        inverse_of_x = np.bincount(self.of_x, weights=1.0 / spread) / self.customers
        both = digamma(px + q)
        logs = self.log_value_of_x - log_spread_of_x
        gradient = [
            self.x @ (self.weight_of_x * (both - digamma(px) + np.log(self.x)) + logs),
            self.weight_of_x @ (both - digamma(q) + np.log(gamma)) - log_spread_of_x.sum(),
            q / gamma - (px + q) @ inverse_of_x,
        ]
        return float(loss), -np.array(gradient)


def expected_spend(model: GammaGamma, count: ArrayLike, value: ArrayLike) -> Array:
    """Mean value of each customer's next purchases, between the personal mean `value` and the population's mean.

    `count` purchases of mean `value` were seen (two arrays of one length); with count 0 it is the population's mean.
    """
    x, m = column(count, "count", lowest=0), column(value, "value", lowest=0)
    same_length(count=x, value=m)
    return np.asarray(model.p * (model.gamma + x * m) / (model.p * x + model.q - 1.0), dtype=np.float64)
