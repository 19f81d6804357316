"""What a child would forecast. Every model stands beside these, and is used only where it beats them."""

import numpy as np

from guanxi.analytical.arrays import Array, positive
from guanxi.analytical.value.histories import Histories


def same_rate(histories: Histories, *, horizon: float) -> Array:
    """Purchase days in the next `horizon` if everybody repeats as often as so far: frequency / T · horizon.

    Customers first seen on the as-of date have shown no rate, and get 0.
    """
    positive(horizon, "horizon")
    rate = np.divide(histories.frequency, histories.T, out=np.zeros(len(histories)), where=histories.T > 0)
    return np.asarray(rate * horizon, dtype=np.float64)


def personal_mean(histories: Histories) -> Array:
    """Value of the next purchase day if it is like the mean of the customer's own so far."""
    return histories.value


def hiatus(histories: Histories) -> Array:
    """Time since the last purchase: the plainest sign of who is gone."""
    return histories.T - histories.recency
