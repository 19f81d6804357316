"""What customers will be worth: expected purchases times expected value of a purchase, discounted, less their cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, Integers, column, positive, same_length
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.value.expectation import PurchaseModel, expected_purchases, weighted_purchases
from guanxi.analytical.value.gamma_gamma import GammaGamma, expected_spend
from guanxi.analytical.value.histories import Histories

NODES = 16  # in time, and two more for every factor e between the horizon and what was observed
FARTHEST = 40.0  # what comes after 40 / discount is worth exp(−40) of itself


def discounted_purchases(
    model: PurchaseModel, histories: Histories, *, horizon: float = np.inf, discount: float = 0.0
) -> Array:
    """Purchases of each customer within the next `horizon`, each worth what it is worth today; one float each.

    `discount` is the interest per unit of time of the histories (0.0003 a day is about 11 % a year). A horizon without
    end needs one: the figure is then the residual lifetime, DERT in Fader, Hardie & Lee (2005), "RFM and CLV", J. of
    Marketing Research 42, 415-430 (there in continuous time: their δ is log(1 + discount)). Good to four digits however
    far the horizon. AnalysisError unless horizon > 0 and discount ≥ 0.
    """
    if not 0 <= discount < np.inf:
        raise AnalysisError(f"discount must be 0 or more, it is {discount:g}.")
    if not discount:
        return expected_purchases(model, histories, horizon=horizon)
    if horizon != np.inf:
        positive(horizon, "horizon")
    force = float(np.log1p(discount))
    end = min(horizon, FARTHEST / force)
    # By parts: the purchases until each moment, times what a later purchase is worth less. Moments lie evenly on a
    # logarithmic scale that begins where purchases do, for they come ever slower.
    unit = model.alpha + (float(histories.T.mean()) if len(histories) else 0.0)
    longest = float(np.log1p(end / unit))
    points, weights = np.polynomial.legendre.leggauss(NODES + 2 * int(longest))
    moments = unit * np.expm1(longest * (points + 1.0) / 2.0)
    shares = weights * longest / 2.0 * (unit + moments) * force * np.exp(-force * moments)
    horizons = dict(zip([*moments.tolist(), end], [*shares.tolist(), float(np.exp(-force * end))], strict=True))
    return weighted_purchases(model, histories, horizons)


def expected_value(
    purchases: PurchaseModel, spend: GammaGamma, histories: Histories, *, horizon: float, discount: float = 0.0
) -> Array:
    """Sales of each customer within the next `horizon`, in the currency of the values, one float each.

    Assumes that spending does not depend on how often a customer buys. With a `discount` (interest per unit of time of
    the histories) every sale is discounted from its own moment, and `horizon` may be infinite.
    """
    each = expected_spend(spend, histories.frequency + 1, histories.value)
    return discounted_purchases(purchases, histories, horizon=horizon, discount=discount) * each


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedProfit:
    """Present values for each customer within a horizon: margin on sales, cost to serve, and what remains."""

    margin: Array
    cost: Array

    @property
    def profit(self) -> Array:
        """Margin less cost; below zero for a customer who costs more than is expected to come in."""
        return self.margin - self.cost

    @property
    def loss_makers(self) -> Integers:
        """Numbers (places in the histories) of the customers with a profit below zero, the greatest loss first."""
        order = np.argsort(self.profit, kind="stable")
        return order[self.profit[order] < 0]


def expected_profit(
    purchases: PurchaseModel,
    spend: GammaGamma,
    histories: Histories,
    *,
    cost_to_serve: ArrayLike,
    margin: float = 1.0,
    horizon: float,
    discount: float = 0.0,
) -> ExpectedProfit:
    """Profit of each customer within the next `horizon`: `margin` (a share of sales) less the cost to serve.

    `cost_to_serve` is what each customer costs per unit of time of the histories (visits, credit, a key account's
    manager), one number a customer, spent evenly over the horizon whether the customer buys or not. `discount` as in
    `expected_value`; a horizon without end needs one. AnalysisError unless 0 < margin ≤ 1 and costs are 0 or more.
    """
    if not 0 < margin <= 1:
        raise AnalysisError(f"margin is a share of sales above 0 and at most 1, it is {margin:g}.")
    rate = column(cost_to_serve, "cost_to_serve", lowest=0)
    same_length(frequency=histories.frequency, cost_to_serve=rate)
    sales = expected_value(purchases, spend, histories, horizon=horizon, discount=discount)
    return ExpectedProfit(margin * sales, rate * _present_time(horizon, discount))


def _present_time(horizon: float, discount: float) -> float:
    """What one coin per unit of time, paid until the horizon, is worth today."""
    force = float(np.log1p(discount))
    return float(-np.expm1(-force * horizon) / force) if force else horizon
