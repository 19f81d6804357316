"""How much more is won by treating the right customers first: Qini curve, its area, AUUC and uplift at a share.

Customers are put in order by a score. The Qini curve (Radcliffe 2007) at the share x of customers is what treating
those x won: outcomes of the treated among them minus those of the controls among them scaled to as many, per treated
customer of the whole trial. It ends in the average effect; a random order draws the straight line to that end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, Integers, column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError

AT = 0.3
Sums: TypeAlias = tuple[Array, Array, Array, Array]  # treated, their outcomes, controls, their outcomes


@dataclass(frozen=True, slots=True)
class QiniCurve:
    """share: of customers treated, from 0 to 1, a point where scores differ. won: extra outcome per customer of all."""

    share: Array
    won: Array


@dataclass(frozen=True, slots=True)
class Figures:
    """An order in figures.

    qini: area between its Qini curve and the straight line, in outcomes per customer. coefficient: that area over the
    area of a perfect order (as scikit-uplift's `qini_auc_score`); nan unless outcomes are 0 or 1. auuc: area under the
    curve of (mean of treated − mean of control) among the first x, times x; half the average effect for a random order.
    uplift_at: mean of treated − mean of control among the first `at`.
    """

    qini: float
    coefficient: float
    auuc: float
    uplift_at: float


def qini_curve(scores: ArrayLike, treated: ArrayLike, outcome: ArrayLike) -> QiniCurve:
    """The curve of treating the highest scores first; equal scores make one step. Errors as `figures`."""
    order = Order.of(scores, treated, outcome)
    return QiniCurve(*_qini(order.sums(np.ones(len(order.first)))))


def figures(scores: ArrayLike, treated: ArrayLike, outcome: ArrayLike, *, at: float = AT) -> Figures:
    """The figures of treating the highest scores first. treated: 0 or 1, drawn at random. at: a share of customers.

    AnalysisError for columns that do not fit together, NotEnoughDataError without customers in both arms.
    """
    if not 0 < at <= 1:
        raise AnalysisError(f"Uplift is asked at a share above 0 and up to 1, not {at:g}.")
    order = Order.of(scores, treated, outcome)
    return Figures(*order.figures(np.ones(len(order.first)), at).tolist())


@dataclass(frozen=True, slots=True)
class Order:
    """Customers put in order by a score, ready to be weighted again and again (bootstrap)."""

    first: Integers  # places of the customers, highest score first
    steps: Integers  # where each group of equal scores ends
    treated: Array
    outcome: Array
    is_yes_or_no: bool

    @classmethod
    def of(cls, scores: ArrayLike, treated: ArrayLike, outcome: ArrayLike) -> Order:
        """Check and sort once."""
        score, arm, happened = column(scores, "scores"), column(treated, "treated"), column(outcome, "outcome")
        same_length(scores=score, treated=arm, outcome=happened)
        if not np.isin(arm, (0.0, 1.0)).all():
            raise AnalysisError("A customer is treated (1) or not (0).")
        if len(np.unique(arm)) < 2:
            raise NotEnoughDataError("An order needs customers in both arms to be judged by.")
        first = np.argsort(-score, kind="stable")
        steps = np.append(np.flatnonzero(np.diff(score[first])), len(first) - 1)
        return cls(first, steps, arm[first], happened[first], bool(np.isin(happened, (0.0, 1.0)).all()))

    def sums(self, weights: Array) -> Sums:
        """Up to each step, when each customer counts `weights` times; beginning with nobody."""
        weights = weights[self.first]
        of_treated, of_control = weights * self.treated, weights * (1 - self.treated)
        columns = (of_treated, of_treated * self.outcome, of_control, of_control * self.outcome)
        n_t, y_t, n_c, y_c = (np.append(0.0, np.cumsum(each)[self.steps]) for each in columns)
        return n_t, y_t, n_c, y_c

    def figures(self, weights: Array, at: float) -> Array:
        """The four of `Figures`, in order."""
        sums = self.sums(weights)
        share, won = _qini(sums)
        qini = float(np.trapezoid(won, share)) - won[-1] / 2
        best = _perfect(sums) if self.is_yes_or_no else 0.0
        n_t, y_t, n_c, y_c = sums
        auuc = float(np.trapezoid((_over(y_t, n_t) - _over(y_c, n_c)) * share, share))
        n_t, y_t, n_c, y_c = (np.interp([at], share, each) for each in sums)
        uplift_at = (_over(y_t, n_t) - _over(y_c, n_c))[0]
        return np.array([qini, qini / best if best else np.nan, auuc, uplift_at])


def _qini(sums: Sums) -> tuple[Array, Array]:
    """Share of customers, and what treating them won per treated customer of all."""
    n_t, y_t, n_c, y_c = sums
    return (n_t + n_c) / (n_t[-1] + n_c[-1]), (y_t - _over(y_c * n_t, n_c)) / n_t[-1]


def _perfect(sums: Sums) -> float:
    """Area of the order: treated who bought, all who tell nothing, controls who bought."""
    n_t, y_t, n_c, y_c = (float(each[-1]) for each in sums)
    top, end, n = y_t / n_t, y_t / n_t - y_c / n_c, n_t + n_c
    rising, level, falling = y_t / n, (n - y_t - y_c) / n, y_c / n
    return rising * top / 2 + level * top + falling * (top + end) / 2 - end / 2


def _over(sums: Array, units: Array) -> Array:
    """Their mean, 0 where there are no units."""
    return np.divide(sums, units, out=np.zeros_like(sums), where=units > 0)
