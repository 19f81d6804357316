"""The models stay finite and sensible where textbook formulas break."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError
from guanxi.analytical.value import (
    BgNbd,
    Finding,
    FitReport,
    Histories,
    MbgNbd,
    ParetoNbd,
    Statistics,
    expected_purchases,
    fit_bg_nbd,
    fit_mbg_nbd,
    fit_pareto_nbd,
    probability_alive,
)

positive = st.floats(1e-4, 1e4)
Model = BgNbd | MbgNbd | ParetoNbd
MODELS = [BgNbd, MbgNbd, ParetoNbd]
FITS = [fit_bg_nbd, fit_mbg_nbd, fit_pareto_nbd]


def report_of(model: Model) -> FitReport:
    assert model.report is not None
    return model.report


@pytest.mark.parametrize("kind", MODELS)
@given(
    parameters=st.tuples(positive, positive, positive, positive), x=st.integers(0, 5000), horizon=st.floats(0.01, 1e4)
)
@settings(max_examples=60, deadline=None)
def test_expected_purchases_lie_between_none_and_buying_on_at_the_posterior_rate(
    kind: type[Model], parameters: tuple[float, float, float, float], x: int, horizon: float
) -> None:
    model, customer = kind(*parameters), Histories.of([x], [90 if x else 0], [100])
    expected = expected_purchases(model, customer, horizon=horizon)[0]
    assert 0 <= expected <= (model.r + x) / (model.alpha + 100) * horizon * (1 + 1e-9)


@pytest.mark.parametrize("kind", MODELS)
def test_a_longer_horizon_brings_more_purchases(kind: type[Model]) -> None:
    model, customers = kind(0.5, 6.0, 0.9, 1.6), Histories.of([0, 3, 40], [0, 20, 38], [39, 39, 39])
    months = np.array([expected_purchases(model, customers, horizon=h) for h in (1, 4, 13, 52, 520)])
    assert (np.diff(months, axis=0) > 0).all()


@pytest.mark.parametrize("a", [0.05, 0.8, 3.9, 6.0])
@pytest.mark.parametrize("x", [0, 3, 100])
def test_a_horizon_far_beyond_the_history_costs_no_digits(a: float, x: int) -> None:
    """The mean over p taken in its log-odds, where the bend at p = (alpha + T) / horizon is as smooth as elsewhere."""
    model, shape, b = MbgNbd(0.3, 30, a, 2.5), 0.3 + x, 2.5 + x + 1
    odds = np.linspace(-690, 40, 400_001)
    log_p, log_q = -np.logaddexp(0, -odds), -np.logaddexp(0, odds)
    weight = np.exp(a * log_p + b * log_q)
    customer = Histories.of([x], [270 if x else 0], [270])
    alive = probability_alive(model, customer)[0]
    for horizon in (2e3, 1e5, 1e8):
        bought = -np.expm1(-shape * np.log1p(np.exp(log_p) * horizon / 300)) / np.exp(log_p)
        expected = alive * (weight * bought).sum() / weight.sum()
        assert expected_purchases(model, customer, horizon=horizon)[0] == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("kind", MODELS)
def test_the_expectation_passes_smoothly_through_a_or_s_equal_to_one(kind: type[Model]) -> None:
    """The closed forms divide by a − 1 and by s − 1."""
    customers = Histories.of([0, 2], [0, 20], [39, 39])
    below, at, above = (
        expected_purchases(kind(0.5, 6, a, 1.6), customers, horizon=39) for a in (1 - 1e-6, 1, 1 + 1e-6)
    )
    assert at == pytest.approx((below + above) / 2, rel=1e-9)


@pytest.mark.parametrize("fit", FITS)
def test_regular_buyers_are_reported_as_such_and_forecast_to_go_on(fit: type) -> None:
    regular = Histories.of(np.full(500, 10), np.full(500, 70), np.full(500, 75))
    model = fit(Statistics.of(regular))
    assert {Finding.NO_DROPOUT, Finding.EQUAL_RATES} <= set(report_of(model).findings)
    assert not report_of(model).is_sound
    assert expected_purchases(model, regular, horizon=75)[0] == pytest.approx(10, abs=0.01)


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize("customer", [(0, 0, 30), (1, 15, 30), (300, 365, 365), (1, 1, 100_000)])
def test_one_customer_alone_gives_finite_figures(fit: type, customer: tuple[int, int, int]) -> None:
    history = Histories.of(*([figure] for figure in customer))
    model = fit(Statistics.of(history))
    assert np.isfinite([*astuple(model)[:4], report_of(model).log_likelihood]).all()
    assert np.isfinite(expected_purchases(model, history, horizon=30)).all()


@pytest.mark.parametrize("fit", [fit_bg_nbd, fit_mbg_nbd])
def test_the_unit_of_time_changes_alpha_and_nothing_else(fit: type) -> None:
    rng = np.random.default_rng(3)
    x = rng.poisson(2, 400)
    weeks = (x, np.where(x > 0, rng.uniform(1, 30, 400), 0), np.full(400, 40.0))
    weekly, daily = (fit(Statistics.of(Histories.of(weeks[0], weeks[1] * k, weeks[2] * k))) for k in (1, 7))
    assert daily.alpha == pytest.approx(7 * weekly.alpha, rel=1e-3)
    assert (daily.r, daily.a, daily.b) == pytest.approx((weekly.r, weekly.a, weekly.b), rel=1e-3)


def test_a_fit_finds_the_parameters_its_customers_were_made_with() -> None:
    made = MbgNbd(r=0.8, alpha=6.0, a=0.9, b=1.6)
    found = fit_mbg_nbd(Statistics.of(invented_customers(made, 30_000, weeks=52)))
    assert (found.r, found.alpha, found.a, found.b) == pytest.approx((0.8, 6.0, 0.9, 1.6), rel=0.12)


def invented_customers(model: MbgNbd, customers: int, *, weeks: float) -> Histories:
    rng = np.random.default_rng(11)
    rate, dropout = rng.gamma(model.r, 1 / model.alpha, customers), rng.beta(model.a, model.b, customers)
    x, last, now = np.zeros(customers), np.zeros(customers), np.zeros(customers)
    active = rng.random(customers) >= dropout
    while active.any():
        now[active] += rng.exponential(1 / rate[active])
        active &= now <= weeks
        x[active] += 1
        last[active] = now[active]
        active &= rng.random(customers) >= dropout
    return Histories.of(x, last, np.full(customers, weeks))


def test_nobody_is_expected_to_buy_nothing() -> None:
    assert expected_purchases(BgNbd(1, 1, 1, 1), Histories.of([], [], []), horizon=1).shape == (0,)


@pytest.mark.parametrize("horizon", [0, -1, np.nan, np.inf])
def test_a_horizon_must_be_a_length_of_time(horizon: float) -> None:
    with pytest.raises(AnalysisError, match="horizon"):
        expected_purchases(BgNbd(1, 1, 1, 1), Histories.of([0], [0], [1]), horizon=horizon)


@pytest.mark.parametrize("model", [MbgNbd(0.5, 6, 0.9, 1.6), ParetoNbd(0.5, 10, 0.6, 12)])
def test_the_chance_to_be_alive_falls_with_silence(model: MbgNbd | ParetoNbd) -> None:
    alive = probability_alive(model, Histories.of([5, 5, 5], [30, 30, 30], [30, 60, 1e6]))
    assert 1 >= alive[0] > alive[1] > alive[2] >= 0


def test_the_pareto_nbd_knows_no_unit_of_time_either() -> None:
    rng = np.random.default_rng(3)
    made, n = ParetoNbd(r=0.8, alpha=6.0, s=0.7, beta=9.0), 3000
    active = rng.exponential(1 / rng.gamma(made.s, 1 / made.beta, n))
    x = rng.poisson(rng.gamma(made.r, 1 / made.alpha, n) * np.minimum(active, 52))
    last = np.where(x > 0, np.minimum(active, 52) * rng.random(n) ** (1 / np.maximum(x, 1)), 0)
    weekly, daily = (fit_pareto_nbd(Statistics.of(Histories.of(x, last * k, np.full(n, 52.0 * k)))) for k in (1, 7))
    assert (daily.alpha, daily.beta) == pytest.approx((7 * weekly.alpha, 7 * weekly.beta), rel=1e-3)
    assert (daily.r, daily.s) == pytest.approx((weekly.r, weekly.s), rel=1e-3)
    assert weekly.r == pytest.approx(made.r, rel=0.2)
    assert weekly.alpha == pytest.approx(made.alpha, rel=0.2)
