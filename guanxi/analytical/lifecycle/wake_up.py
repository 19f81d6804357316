"""Whom to wake: lapsed customers by what is at stake, were they active again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanxi.analytical.arrays import Array, Integers, positive
from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.value import (
    GammaGamma,
    Histories,
    MbgNbd,
    expected_purchases,
    expected_spend,
    probability_alive,
)

LAPSED = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class WakeUps:
    """Lapsed customers, the most at stake first; money in the currency of the values, within the horizon asked for.

    customers: their places in the histories. alive: chance that they are still active. as_is: profit expected if
    nothing is done. if_active: profit expected of them if they were surely active. break_even: share of contacts
    that must wake somebody to pay for the contact (infinite where nothing is at stake).
    """

    customers: Integers
    alive: Array
    as_is: Array
    if_active: Array
    break_even: Array

    @property
    def at_stake(self) -> Array:
        """What waking surely would add: the upper bound of what any message can earn."""
        return self.if_active - self.as_is


def wake_ups(
    purchases: MbgNbd,
    spend: GammaGamma,
    histories: Histories,
    *,
    horizon: float,
    margin: float = 1.0,
    cost: float = 0.0,
    lapsed: float = LAPSED,
) -> WakeUps:
    """Customers whose chance to be active is below `lapsed`, ranked by what is at stake in the next `horizon`.

    Assumes that a woken customer buys and spends as before the silence. margin: profit per unit of sales. cost: of one
    contact. The ranking says where most could be won, not whom a message wakes: keep a hold-out and measure it.
    AnalysisError for a horizon or margin that is not above 0, a cost below 0, or `lapsed` outside (0, 1].
    """
    positive(horizon, "horizon")
    positive(margin, "margin")
    if not (0 < lapsed <= 1 and 0 <= cost < np.inf):
        raise AnalysisError(f"lapsed lies in (0, 1] and a cost is 0 or more; they are {lapsed:g} and {cost:g}.")
    alive = probability_alive(purchases, histories)
    as_is = margin * expected_spend(spend, histories.frequency + 1, histories.value)
    as_is = as_is * expected_purchases(purchases, histories, horizon=horizon)
    if_active = np.divide(as_is, alive, out=np.zeros(len(alive)), where=alive > 0)
    at_stake = if_active - as_is
    asleep = np.flatnonzero(alive < lapsed)
    first = asleep[np.argsort(-at_stake[asleep], kind="stable")]
    even = np.divide(cost, at_stake[first], out=np.full(len(first), np.inf), where=at_stake[first] > 0)
    return WakeUps(first, alive[first], as_is[first], if_active[first], even)
