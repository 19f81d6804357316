"""What customers will be worth: expected purchases times expected value of a purchase, discounted if asked."""

import numpy as np

from guanxi.analytical.arrays import Array, positive
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.value.dropout import DropoutModel
from guanxi.analytical.value.expectation import expected_purchases, weighted_purchases
from guanxi.analytical.value.gamma_gamma import GammaGamma, expected_spend
from guanxi.analytical.value.histories import Histories

STEPS = 12


def expected_value(
    purchases: DropoutModel, spend: GammaGamma, histories: Histories, *, horizon: float, discount: float = 0.0
) -> Array:
    """Sales of each customer within the next `horizon`, in the currency of the values, one float each.

    Assumes that spending does not depend on how often a customer buys. `discount` is the interest per unit of time of
    the histories (0.0003 a day is about 11 % a year); sales are discounted from the middle of twelve equal steps.
    """
    positive(horizon, "horizon")
    if not 0 <= discount < np.inf:
        raise AnalysisError(f"discount must be 0 or more, it is {discount:g}.")
    each = expected_spend(spend, histories.frequency + 1, histories.value)
    if not discount:
        return expected_purchases(purchases, histories, horizon=horizon) * each
    ends = horizon * np.arange(1, STEPS + 1) / STEPS
    factors = (1.0 + discount) ** -(ends - ends[0] / 2.0)
    # Purchases between two ends are a difference of purchases until them; summed by parts, one pass serves all steps.
    weights = factors - np.append(factors[1:], 0.0)
    return weighted_purchases(purchases, histories, dict(zip(ends.tolist(), weights.tolist(), strict=True))) * each
