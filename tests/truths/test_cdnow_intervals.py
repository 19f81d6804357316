"""How many of CDNOW's customers fell inside the intervals that the models alone would have given them."""

from collections.abc import Callable

import pytest

from guanxi.analytical.value import (
    BgNbd,
    Futures,
    MbgNbd,
    ParetoNbd,
    Statistics,
    fit_bg_nbd,
    fit_gamma_gamma,
    fit_mbg_nbd,
    fit_pareto_nbd,
    futures,
)
from tests.truths.conftest import Cohort

WEEKS = 39.0
FITS: dict[str, Callable[[Statistics], BgNbd | MbgNbd | ParetoNbd]] = {
    "bg_nbd": fit_bg_nbd,
    "mbg_nbd": fit_mbg_nbd,
    "pareto_nbd": fit_pareto_nbd,
}


def drawn(cohort: Cohort, method: str) -> Futures:
    spend = fit_gamma_gamma(cohort.histories.frequency + 1, cohort.histories.value)
    model = FITS[method](Statistics.of(cohort.histories))
    return futures(model, cohort.histories, horizon=WEEKS, seed=1, spend=spend)


@pytest.mark.parametrize(
    ("method", "purchases", "value"),
    [("bg_nbd", 0.838, 0.818), ("mbg_nbd", 0.839, 0.817), ("pareto_nbd", 0.845, 0.825)],
)
def test_intervals_of_80_percent_hold_a_little_more_of_the_samples_customers(
    cdnow: Cohort, method: str, purchases: float, value: float
) -> None:
    """Counts are whole numbers, and whoever is most likely to buy nothing has an interval that begins at nothing."""
    found = drawn(cdnow, method)
    assert found.purchases.coverage(cdnow.future_days) == pytest.approx(purchases, abs=0.01)
    assert found.value is not None
    assert found.value.coverage(cdnow.future_sales) == pytest.approx(value, abs=0.01)


def test_chance_alone_does_not_explain_how_far_off_the_total_was(cdnow: Cohort) -> None:
    """The model fell short by 11 %; the interval of a sum knows luck, not that. `forecast` measures it instead."""
    total = drawn(cdnow, "pareto_nbd").group_purchases
    assert total.low[0] < 1665 < total.high[0]
    assert total.high[0] < cdnow.future_days.sum() == 1882
