"""Spending: finite figures whatever customers paid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.value import (
    Finding,
    GammaGamma,
    Histories,
    MbgNbd,
    expected_purchases,
    expected_spend,
    expected_value,
    fit_gamma_gamma,
)

money = st.floats(0.01, 1e9)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 1000), money), min_size=1, max_size=30))
def test_the_expected_spend_is_finite_and_above_zero(customers: list[tuple[int, float]]) -> None:
    count, value = zip(*customers, strict=True)
    spend = expected_spend(fit_gamma_gamma(count, value), count, value)
    assert np.isfinite(spend).all()
    assert (spend > 0).all()


def test_a_price_list_of_one_price_is_reported_and_forecast_exactly() -> None:
    model = fit_gamma_gamma(np.full(200, 3), np.full(200, 9.99))
    assert model.report is not None
    assert Finding.EQUAL_VALUES in model.report.findings
    assert expected_spend(model, [0, 5], [0, 9.99]) == pytest.approx([9.99, 9.99], rel=0.01)


def test_the_currency_changes_gamma_and_nothing_else() -> None:
    rng = np.random.default_rng(2)
    count, value = rng.integers(1, 9, 2000), rng.gamma(3, rng.gamma(4, 10, 2000))
    pounds, pence = fit_gamma_gamma(count, value), fit_gamma_gamma(count, value * 100)
    assert (pence.p, pence.q, pence.gamma) == pytest.approx((pounds.p, pounds.q, 100 * pounds.gamma), rel=1e-3)


def test_customers_who_never_paid_say_nothing() -> None:
    with pytest.raises(NotEnoughDataError, match="above zero"):
        fit_gamma_gamma([0, 3], [0, 0])


def test_returns_are_no_spending() -> None:
    with pytest.raises(AnalysisError, match="value"):
        fit_gamma_gamma([1], [-5])


def test_discounted_value_is_less_and_undiscounted_value_is_purchases_times_spend() -> None:
    purchases, spend = MbgNbd(0.5, 40, 0.9, 1.6), GammaGamma(6, 4, 16)
    customers = Histories.of([0, 5], [0, 200], [270, 270], [20, 60])
    plain = expected_value(purchases, spend, customers, horizon=365)
    days, each = expected_purchases(purchases, customers, horizon=365), expected_spend(spend, [1, 6], [20, 60])
    assert plain == pytest.approx(days * each)
    discounted = expected_value(purchases, spend, customers, horizon=365, discount=0.0003)
    assert (discounted < plain).all()
    assert (discounted > plain * 0.89).all()
