"""All that an analysis needs to know of one arm, whatever its size."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import ibis
import ibis.expr.types as ir
import numpy as np
from ibis import _
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import column, proper_share, same_length
from guanxi.analytical.errors import AnalysisError


@dataclass(frozen=True, slots=True)
class Moments:
    """Moments of an outcome y, and of a second figure x, over the n units of an arm; x is 0 where there is none.

    mean_…: means. var_…: variances with divisor n. cov: covariance of y and x with divisor n. x is what was known of a
    unit before the start (for CUPED), or the denominator of a ratio such as orders in revenue per order.
    """

    n: int
    mean_y: float
    var_y: float
    mean_x: float = 0.0
    var_x: float = 0.0
    cov: float = 0.0

    def __post_init__(self) -> None:
        figures = (self.mean_y, self.var_y, self.mean_x, self.var_x, self.cov)
        if self.n < 0 or self.var_y < 0 or self.var_x < 0 or not all(isfinite(f) for f in figures):
            raise AnalysisError(f"These are no moments of an arm: {self}.")

    @classmethod
    def of(cls, y: ArrayLike, x: ArrayLike | None = None) -> Moments:
        """From one outcome per unit, and optionally one x per unit."""
        outcome = column(y, "y")
        second = np.zeros(len(outcome)) if x is None else column(x, "x")
        same_length(y=outcome, x=second)
        if not len(outcome):
            return cls(0, 0.0, 0.0)
        mean_y, mean_x = float(outcome.mean()), float(second.mean())
        cov = float(((outcome - mean_y) * (second - mean_x)).mean())
        return cls(len(outcome), mean_y, float(outcome.var()), mean_x, float(second.var()), cov)

    @classmethod
    def of_sums(cls, n: int, y: float, yy: float, *, x: float = 0.0, xx: float = 0.0, xy: float = 0.0) -> Moments:
        """From n and the sums of y, y², x, x² and x·y. Sums lose digits when a mean is far larger than the spread."""
        if n == 0:
            return cls(0, 0.0, 0.0)
        mean_y, mean_x = y / n, x / n
        var_y, var_x = max(yy / n - mean_y**2, 0.0), max(xx / n - mean_x**2, 0.0)
        return cls(n, mean_y, var_y, mean_x, var_x, xy / n - mean_x * mean_y)

    @classmethod
    def of_count(cls, n: int, successes: int) -> Moments:
        """From how many of n units did the thing."""
        if not 0 <= successes <= n:
            raise AnalysisError(f"{successes} of {n} is no share.")
        share = successes / n if n else 0.0
        return cls(n, share, share * (1.0 - share))

    def __add__(self, other: Moments) -> Moments:
        """Moments of both groups of units together (Chan, Golub & LeVeque 1983), without loss of digits."""
        n = self.n + other.n
        if not n:
            return self
        left, right = self.n / n, other.n / n
        d_y, d_x = other.mean_y - self.mean_y, other.mean_x - self.mean_x
        return Moments(
            n,
            left * self.mean_y + right * other.mean_y,
            left * self.var_y + right * other.var_y + left * right * d_y**2,
            left * self.mean_x + right * other.mean_x,
            left * self.var_x + right * other.var_x + left * right * d_x**2,
            left * self.cov + right * other.cov + left * right * d_y * d_x,
        )


def arm_moments(units: ir.Table) -> ir.Table:
    """One row per arm with the fields of `Moments`, from rows of units: arm, y and optionally x, as an Ibis expression.

    A missing y or x counts as 0: a customer who bought nothing has no fact.
    """
    return (
        _filled(units)
        .group_by("arm")
        .aggregate(
            n=_.count(),
            mean_y=_.y.mean(),
            var_y=_.y.var(how="pop"),
            mean_x=_.x.mean(),
            var_x=_.x.var(how="pop"),
            cov=_.y.cov(_.x, how="pop"),
        )
    )


def capped(units: ir.Table, *, share: float = 0.99) -> ir.Table:
    """The same units with y and x cut off above the value that `share` of all units, whatever their arm, stay below.

    For money in which a few customers outweigh thousands: the question becomes what ordinary revenue did, and its
    answer is several times sharper. Say before the start that it will be asked. AnalysisError for a share outside 0, 1.
    """
    proper_share(share, "share")
    filled = _filled(units)
    tops = filled.aggregate(y_top=_.y.quantile(share), x_top=_.x.quantile(share))
    crossed = filled.cross_join(tops)
    return crossed.select("arm", y=ibis.least(_.y, _.y_top), x=ibis.least(_.x, _.x_top))


def _filled(units: ir.Table) -> ir.Table:
    x = units["x"].cast("float64").fill_null(0.0) if "x" in units.columns else ibis.literal(0.0)
    return units.select("arm", y=units["y"].cast("float64").fill_null(0.0), x=x)
