"""What customers will earn the company within five years, in today's money, where a model of purchases sees so far."""

from typing import cast

import numpy as np

from guanxi.analytical.arrays import Array
from guanxi.analytical.value import (
    Earning,
    GammaGamma,
    Histories,
    Spread,
    Statistics,
    discounted_purchases,
    expected_purchases,
    futures,
)
from guanxi.analytical.value.methods import PURCHASE_FITS, PurchaseMethod, SpendMethod, forecast_spend
from guanxi.insight.scores.terms import YEAR, Earned, Terms

AHEAD = 5 * YEAR
FEW, DRAWS, FEWER_DRAWS = 50_000, 400, 60  # of more customers than FEW, fewer futures are drawn
SEED = 1


def value_lifetimes(terms: Terms, known: Histories, purchases: PurchaseMethod, spending: SpendMethod) -> Earned | None:
    """Discounted profit of five years; None where the plain forecast won, for it knows no end.

    Futures of profit itself are drawn, sales together with the costs of their purchases, for who loses by each purchase
    loses most where they come most often. Each future is discounted as the customer's expectation is.
    """
    if purchases not in PURCHASE_FITS:
        return None
    model = PURCHASE_FITS[purchases](Statistics.of(known))
    each, spend = forecast_spend(spending, known)
    plain = expected_purchases(model, known, horizon=AHEAD)
    ahead = discounted_purchases(model, known, horizon=AHEAD, discount=terms.daily)
    present = np.divide(ahead, plain, out=np.zeros(len(ahead)), where=plain > 0)
    drawn = futures(
        model,
        known,
        horizon=AHEAD,
        seed=SEED,
        spend=spend if isinstance(spend, GammaGamma) else each,
        earns=Earning(terms.margin, terms.order_cost, present),
        draws=DRAWS if len(known) <= FEW else FEWER_DRAWS,
    )
    expected = terms.profit(ahead, ahead * each)
    all_together = _spread(expected.sum(keepdims=True), cast(Spread, drawn.group_value))
    return Earned(
        {f"lifetime{end}": column for end, column in _spread(expected, cast(Spread, drawn.value)).items()},
        {end.strip("_") or "expected": float(figure[0]) for end, figure in all_together.items()},
    )


def _spread(expected: Array, drawn: Spread) -> dict[str, Array]:
    """With the bounds, which hold what is expected also where a few great futures make most of it."""
    return {"": expected, "_low": np.minimum(drawn.low, expected), "_high": np.maximum(drawn.high, expected)}
