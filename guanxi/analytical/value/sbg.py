"""Shifted beta-geometric: Fader & Hardie (2007), "How to project customer retention", JIM 21, 76-90.

For customers who must say that they leave: subscriptions, policies, memberships. Assumptions: (1) at the end of each
period a customer cancels with chance θ, the same every time; (2) θ differs between customers as a beta distribution
(alpha, beta). So retention rates rise with tenure although nobody changes: whoever cancels easily has gone first.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln, digamma

from guanxi.analytical.arrays import Array, column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.value.fitting import LARGEST, Finding, FitReport, least
from guanxi.analytical.value.race import buying_first

STARTS = ((1.0, 1.0), (0.5, 5.0), (5.0, 20.0))
NEGLIGIBLE = 1e-3


@dataclass(frozen=True, slots=True)
class Sbg:
    """Parameters, without unit, of the chance to cancel at the end of a period; its mean is alpha / (alpha + beta)."""

    alpha: float
    beta: float
    report: FitReport | None = field(default=None, compare=False)

    def rounded(self, digits: int) -> Self:
        """The same model with parameters rounded, to compare with a printed table."""
        return replace(self, alpha=round(self.alpha, digits), beta=round(self.beta, digits))


@dataclass(frozen=True, slots=True, eq=False)
class Contracts:
    """How many customers cancelled at the end of their 1st, 2nd … period, and how many were last seen going on then.

    cancelled[i] and going_on[i] belong to tenure i + 1; both are zero or more.
    """

    cancelled: Array
    going_on: Array

    @classmethod
    def of(cls, cancelled: ArrayLike, going_on: ArrayLike) -> Contracts:
        """From counts by tenure, as from customers who began at different times; AnalysisError for counts below 0."""
        gone, kept = column(cancelled, "cancelled", lowest=0), column(going_on, "going_on", lowest=0)
        same_length(cancelled=gone, going_on=kept)
        return cls(gone, kept)

    @classmethod
    def of_cohort(cls, survivors: ArrayLike) -> Contracts:
        """From one cohort: how many there were at the start, and after each renewal since.

        AnalysisError when the number ever rises: who comes back belongs to a cohort of its own.
        """
        left = column(survivors, "survivors", lowest=0)
        gone = left[:-1] - left[1:]
        if (gone < 0).any():
            raise AnalysisError("The number of survivors rises: who comes back belongs to a cohort of its own.")
        going_on = np.zeros(len(gone))
        going_on[-1:] = left[-1:]
        return cls(gone, going_on[: len(gone)])

    @property
    def at_risk(self) -> Array:
        """How many could have cancelled at the end of each period."""
        return np.cumsum((self.cancelled + self.going_on)[::-1])[::-1]


def fit_sbg(contracts: Contracts) -> Sbg:
    """The likeliest sBG. NotEnoughDataError unless somebody has come to the end of a period.

    Where nobody ever cancelled, or all customers cancel alike (one period says no more), parameters run away and the
    report says so.
    """
    customers = float(contracts.cancelled.sum() + contracts.going_on.sum())
    if not customers > 0:
        raise NotEnoughDataError("Nobody has come to the end of a period yet.")
    optimum = least(Likelihood(contracts, customers), STARTS)
    alpha, beta = (float(each) for each in optimum.parameters)
    rules = [
        (Finding.NOT_CONVERGED, not optimum.converged),
        (Finding.NO_DROPOUT, alpha / (alpha + beta) < NEGLIGIBLE),
        (Finding.EQUAL_DROPOUT, min(alpha, beta) > LARGEST / 100),
    ]
    report = FitReport(
        log_likelihood=float(-optimum.loss * customers),
        customers=customers,
        converged=optimum.converged,
        runaway=tuple(("alpha", "beta")[i] for i in optimum.at_edge),
        findings=tuple(finding for finding, holds in rules if holds),
    )
    return Sbg(alpha, beta, report)


class Likelihood:
    """Mean negative log-likelihood with its gradient in (alpha, beta); one term a tenure."""

    def __init__(self, contracts: Contracts, customers: float) -> None:
        self.gone, self.kept = contracts.cancelled / customers, contracts.going_on / customers
        self.tenure = np.arange(1.0, len(self.gone) + 1.0)

    def __call__(self, parameters: Array) -> tuple[float, Array]:
        alpha, beta = parameters
        t, gone, kept = self.tenure, self.gone, self.kept
        log = gone @ betaln(alpha + 1.0, beta + t - 1.0) + kept @ betaln(alpha, beta + t) - betaln(alpha, beta)
        both = (gone + kept) @ digamma(alpha + beta + t) - digamma(alpha + beta)
        by_alpha = gone.sum() * digamma(alpha + 1.0) + kept.sum() * digamma(alpha) - digamma(alpha) - both
        by_beta = gone @ digamma(beta + t - 1.0) + kept @ digamma(beta + t) - digamma(beta) - both
        return -float(log), -np.array([by_alpha, by_beta])


def survival(model: Sbg, periods: ArrayLike) -> Array:
    """Share of a new cohort that is still there after so many `periods` (0, 1, 2 …), one float each.

    B(α, β+t) / B(α, β), equation 6 of the paper. AnalysisError for periods below 0.
    """
    t = column(periods, "periods", lowest=0)
    return np.asarray(np.exp(betaln(model.alpha, model.beta + t) - betaln(model.alpha, model.beta)), dtype=np.float64)


def retention_rate(model: Sbg, periods: ArrayLike) -> Array:
    """Share of those who came to the end of period 1, 2 … that renew, one float each; it rises with tenure.

    (β+t−1) / (α+β+t−1), equation 8 of the paper. AnalysisError for periods below 1.
    """
    t = column(periods, "periods", lowest=1)
    return np.asarray((model.beta + t - 1.0) / (model.alpha + model.beta + t - 1.0), dtype=np.float64)


def residual_lifetime(model: Sbg, renewals: ArrayLike, *, discount: float = 0.0) -> Array:
    """Further periods expected of customers who renewed so often and are about to decide again, one float each.

    A customer who does renew now counts 1 at once, the period after that counts 1 / (1 + discount) and so on (discount
    per period): with the margin of a period this is the residual lifetime value, DERL in Fader & Hardie (2010),
    Marketing Science 29, 85-93. AnalysisError without a discount where alpha ≤ 1: the mean lifetime is infinite then.
    """
    done = column(renewals, "renewals", lowest=0)
    if not 0 <= discount < np.inf:
        raise AnalysisError(f"discount must be 0 or more, it is {discount:g}.")
    if not discount:
        if model.alpha <= 1:
            raise AnalysisError("Without a discount the expected lifetime is infinite where alpha is 1 or less.")
        return np.asarray((model.beta + done) / (model.alpha - 1.0), dtype=np.float64)
    # The mean of (1 − θ)(1 + d) / (d + θ) over θ ~ beta(alpha, beta + renewals), θ taken as a ratio of two gammas.
    grown = (1.0 + discount) / discount
    race = buying_first(model.beta + done, model.alpha, np.full(len(done), grown))
    return np.asarray(grown * np.exp(race.log), dtype=np.float64)


def constant_retention(contracts: Contracts) -> float:
    """The baseline: one retention rate for every period, as likely as can be; NotEnoughDataError without a period."""
    if not (decided := float(contracts.at_risk.sum())) > 0:
        raise NotEnoughDataError("Nobody has come to the end of a period yet.")
    return 1.0 - float(contracts.cancelled.sum()) / decided
