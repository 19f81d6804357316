"""BG/BB: Fader, Hardie & Shang (2010), Marketing Science 29, 1086-1108, for purchases at fixed opportunities.

Assumptions: (1) while active a customer takes each opportunity with chance p; (2) p differs between customers as a beta
distribution (alpha, beta); (3) before each opportunity a customer leaves for good with chance θ; (4) θ differs between
customers as a beta distribution (gamma, delta); (5) p and θ are independent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from scipy.special import betaln, digamma, gammaln

from guanxi.analytical.arrays import Array, Integers, dot
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.value.fitting import LARGEST, Finding, FitReport, least
from guanxi.analytical.value.opportunities import Opportunities

STARTS = ((1.0, 1.0, 1.0, 3.0), (0.5, 2.0, 0.5, 5.0), (3.0, 3.0, 2.0, 10.0))
NAMES = ("alpha", "beta", "gamma", "delta")
NEGLIGIBLE = 1e-3
FARTHEST = 100_000


@dataclass(frozen=True, slots=True)
class BgBb:
    """Parameters without unit: alpha and beta of taking an opportunity, gamma and delta of leaving before it."""

    alpha: float
    beta: float
    gamma: float
    delta: float
    report: FitReport | None = field(default=None, compare=False)

    def rounded(self, digits: int) -> Self:
        """The same model with parameters rounded, to compare with a printed table."""
        return replace(self, **{name: round(getattr(self, name), digits) for name in NAMES})


def fit_bg_bb(opportunities: Opportunities) -> BgBb:
    """The likeliest BG/BB. NotEnoughDataError without a customer or an opportunity; runaways stand in the report."""
    if opportunities.customers <= 0:
        raise NotEnoughDataError("There is no customer to fit to.")
    if not opportunities.offered.any():
        raise NotEnoughDataError("Nobody has had an opportunity yet.")
    optimum = least(Likelihood(opportunities.counted()), STARTS)
    alpha, beta, gamma, delta = (float(each) for each in optimum.parameters)
    rules = [
        (Finding.NOT_CONVERGED, not optimum.converged),
        (Finding.NO_DROPOUT, gamma / (gamma + delta) < NEGLIGIBLE),
        (Finding.EQUAL_DROPOUT, min(gamma, delta) > LARGEST / 100),
        (Finding.EQUAL_RATES, min(alpha, beta) > LARGEST / 100),
    ]
    report = FitReport(
        log_likelihood=float(-optimum.loss * opportunities.customers),
        customers=opportunities.customers,
        converged=optimum.converged,
        runaway=tuple(NAMES[i] for i in optimum.at_edge),
        findings=tuple(finding for finding, holds in rules if holds),
    )
    return BgBb(alpha, beta, gamma, delta, report)


def probability_active_next(model: BgBb, opportunities: Opportunities) -> Array:
    """Chance that each row is still there at the next opportunity, between 0 and 1 (the paper's P(alive at n+1))."""
    stays = (model.delta + opportunities.offered) / (model.gamma + model.delta + opportunities.offered)
    return _active(model, opportunities) * stays


def expected_transactions(model: BgBb, opportunities: Opportunities, *, ahead: int) -> Array:
    """How many of the next `ahead` opportunities each row takes on average, one float each.

    The sum over them of the chance to be still there times the mean of p; unlike the paper's closed form it does not
    divide by gamma − 1. AnalysisError unless 1 ≤ ahead ≤ 100,000.
    """
    if not 1 <= ahead <= FARTHEST:
        raise AnalysisError(f"ahead must be between 1 and {FARTHEST} opportunities, it is {ahead}.")
    levels, of_level = np.unique(opportunities.offered, return_inverse=True)
    left = np.zeros(len(levels))
    for place, n in enumerate(levels):
        k = n + np.arange(ahead)
        left[place] = np.exp(np.cumsum(np.log1p(-model.gamma / (model.gamma + model.delta + k)))).sum()
    taken = (model.alpha + opportunities.frequency) / (model.alpha + model.beta + opportunities.offered)
    return np.asarray(_active(model, opportunities) * taken * left[of_level], dtype=np.float64)


def _active(model: BgBb, opportunities: Opportunities) -> Array:
    """Posterior chance that each row was still there at its last opportunity."""
    tables = Tables(np.array([model.alpha, model.beta, model.gamma, model.delta]), opportunities.offered)
    active = np.zeros(len(opportunities))
    for block in _blocks(opportunities):
        terms = block.terms(tables)
        active[block.rows] = np.exp(terms[block.of_x, block.n] - _from_here_on(terms)[block.of_x, block.recency])
    return active


class Likelihood:
    """Mean negative log-likelihood with its gradient in (alpha, beta, gamma, delta).

    The likelihood of x taken, the last at t_x, of n is the sum over j = t_x … n of the chance to have left after
    opportunity j (or, at n, not to have left). The terms depend on (x, j) only, so all t_x share one sum from the
    right; the gradient needs the weight of each, one sum of count / likelihood from the left. Both in logarithms.
    """

    def __init__(self, opportunities: Opportunities) -> None:
        self.offered, self.customers = opportunities.offered, opportunities.customers
        self.blocks = list(_blocks(opportunities))

    def __call__(self, parameters: Array) -> tuple[float, Array]:
        tables = Tables(parameters, self.offered)
        total, sums = 0.0, Sums(int(self.offered.max()))
        for block in self.blocks:
            terms = block.terms(tables)
            likelihood = _from_here_on(terms)
            seen = likelihood[block.of_x, block.recency]
            total += dot(block.count, seen)
            shares = np.full(terms.shape, -np.inf)
            shares[block.of_x, block.recency] = np.log(block.count) - seen
            sums.add(block, np.exp(terms + np.logaddexp.accumulate(shares, axis=1)))
        loss = tables.before - total / self.customers
        return float(loss), -sums.gradient(parameters, tables, self.customers)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The rows with n opportunities: their distinct frequencies `x`, and where each row stands in a table (x, j)."""

    n: int
    rows: Integers
    x: Integers
    of_x: Integers
    recency: Integers
    count: Array

    def terms(self, tables: Tables) -> Array:
        """Logarithm of each term for x (rows) and j = 0 … n (columns); minus infinity where j < x."""
        j = np.arange(self.n + 1)
        not_taken = j - self.x[:, None]
        log = tables.taken[self.x][:, None] + tables.not_taken[not_taken] - tables.seen[j]
        log += np.where(j < self.n, tables.left[j], tables.stayed[self.n])
        return np.where(not_taken < 0, -np.inf, log)


def _blocks(opportunities: Opportunities) -> Iterator[Block]:
    for n in np.unique(opportunities.offered):
        rows = np.flatnonzero(opportunities.offered == n)
        x, of_x = np.unique(opportunities.frequency[rows].astype(np.int64), return_inverse=True)
        yield Block(int(n), rows, x, of_x, opportunities.recency[rows].astype(np.int64), opportunities.count[rows])


class Tables:
    """The special functions of one set of parameters, for every whole number there can be."""

    def __init__(self, parameters: Array, offered: Array) -> None:
        alpha, beta, gamma, delta = parameters
        self.numbers = np.arange(int(offered.max()) + 1 if len(offered) else 1, dtype=np.float64)
        self.taken, self.not_taken = gammaln(alpha + self.numbers), gammaln(beta + self.numbers)
        self.seen = gammaln(alpha + beta + self.numbers)
        self.left = betaln(gamma + 1.0, delta + self.numbers)
        self.stayed = betaln(gamma, delta + self.numbers)
        self.before = betaln(alpha, beta) + betaln(gamma, delta)


class Sums:
    """Weights of the terms, summed by whatever a special function was taken of."""

    def __init__(self, longest: int) -> None:
        self.taken, self.not_taken, self.seen, self.left, self.stayed = np.zeros((5, longest + 1))

    def add(self, block: Block, weight: Array) -> None:
        """The weights of one block's terms."""
        j = np.arange(block.n + 1)
        self.taken[block.x] += weight.sum(axis=1)
        np.add.at(self.not_taken, np.maximum(j - block.x[:, None], 0), weight)
        of_j = weight.sum(axis=0)
        self.seen[j] += of_j
        self.left[: block.n] += of_j[:-1]
        self.stayed[block.n] += of_j[-1]

    def gradient(self, parameters: Array, tables: Tables, customers: float) -> Array:
        """Derivatives of the mean log-likelihood."""
        alpha, beta, gamma, delta = parameters
        seen = dot(self.seen, digamma(alpha + beta + tables.numbers))
        either = dot(self.left, digamma(gamma + 1.0 + delta + tables.numbers))
        either += dot(self.stayed, digamma(gamma + delta + tables.numbers))
        sums = np.array(
            [
                dot(self.taken, digamma(alpha + tables.numbers)) - seen,
                dot(self.not_taken, digamma(beta + tables.numbers)) - seen,
                self.left.sum() * digamma(gamma + 1.0) + self.stayed.sum() * digamma(gamma) - either,
                dot(self.left + self.stayed, digamma(delta + tables.numbers)) - either,
            ]
        )
        before = [digamma(alpha) - digamma(alpha + beta), digamma(beta) - digamma(alpha + beta)]
        before += [digamma(gamma) - digamma(gamma + delta), digamma(delta) - digamma(gamma + delta)]
        return np.asarray(sums / customers - np.array(before), dtype=np.float64)


def _from_here_on(terms: Array) -> Array:
    """Logarithm of the sum of each term and all to its right."""
    return np.asarray(np.logaddexp.accumulate(terms[:, ::-1], axis=1)[:, ::-1], dtype=np.float64)
