"""Futures drawn: the exact distribution where it is known, sums of groups, and nothing infinite."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betainc, betaln

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.value import (
    BgNbd,
    Earning,
    GammaGamma,
    Histories,
    MbgNbd,
    ParetoNbd,
    expected_purchases,
    expected_value,
    futures,
    probability_alive,
)

Model = BgNbd | MbgNbd | ParetoNbd
MODELS: list[Model] = [BgNbd(0.24, 4.4, 0.8, 2.4), MbgNbd(0.5, 6, 0.9, 1.6), ParetoNbd(0.55, 10.6, 0.6, 11.7)]
SPEND = GammaGamma(6, 4, 16)
MANY = 4000


def alike(x: float, t_x: float, T: float, n: int = MANY) -> Histories:
    return Histories.of(np.full(n, x), np.full(n, t_x), np.full(n, T), np.full(n, 30.0))


@pytest.mark.parametrize("model", MODELS)
def test_the_mean_of_the_futures_is_what_the_model_expects(model: Model) -> None:
    """A group of many equal customers: its bounds close in on the expectation."""
    customers = alike(3, 25, 30)
    found = futures(model, customers, horizon=40, seed=4, spend=SPEND)
    assert found.group_value is not None
    days = expected_purchases(model, customers, horizon=40).sum()
    worth = expected_value(model, SPEND, customers, horizon=40).sum()
    assert (found.group_purchases.low[0] + found.group_purchases.high[0]) / 2 == pytest.approx(days, rel=0.03)
    assert (found.group_value.low[0] + found.group_value.high[0]) / 2 == pytest.approx(worth, rel=0.03)


def test_the_upper_bound_is_that_of_the_exact_distribution() -> None:
    """MBG/NBD: n purchases come when the n-th would come in time, and none before it was the last."""
    model, horizon = MbgNbd(0.5, 6, 0.9, 1.6), 60.0
    customer = alike(6, 28, 30, 1)
    n = np.arange(1, 60)
    in_time = betainc(n, model.r + 6, horizon / (model.alpha + 30 + horizon))
    stayed = np.exp(betaln(model.a, model.b + 7 + n - 1) - betaln(model.a, model.b + 7))
    at_least = probability_alive(model, customer)[0] * in_time * stayed
    below = 1 - at_least  # P(X < n)
    found = futures(model, customer, horizon=horizon, seed=1, draws=200_000).purchases
    low = int((below <= 0.1).sum())
    high = int(found.high[0])
    before = below[low - 1] if low else 0.0
    assert below[high] - before >= 0.799
    assert below[high - 1] - before < 0.801


def test_in_a_world_that_is_as_the_model_says_four_of_five_customers_fall_between_their_bounds() -> None:
    model, rng, n, T, horizon = ParetoNbd(0.8, 6.0, 0.9, 30.0), np.random.default_rng(5), 6000, 52.0, 26.0
    rate, leaves = rng.gamma(model.r, 1 / model.alpha, n), rng.exponential(1 / rng.gamma(model.s, 1 / model.beta, n))
    x = rng.poisson(rate * np.minimum(leaves, T))
    last = np.where(x > 0, np.minimum(leaves, T) * rng.random(n) ** (1 / np.maximum(x, 1)), 0)
    bought = rng.poisson(rate * np.clip(leaves - T, 0, horizon))
    scale = rng.gamma(SPEND.q, 1 / SPEND.gamma, n)
    seen = rng.gamma(SPEND.p * (x + 1)) / scale / (x + 1)
    spent = np.where(bought > 0, rng.gamma(SPEND.p * np.maximum(bought, 1)) / scale, 0)
    found = futures(model, Histories.of(x, last, np.full(n, T), seen), horizon=horizon, seed=1, spend=SPEND, draws=200)
    assert found.value is not None
    assert 0.8 <= found.purchases.coverage(bought.astype(float)) <= 0.92
    assert 0.8 <= found.value.coverage(spent) <= 0.92
    total = found.group_purchases
    assert total.low[0] <= bought.sum() <= total.high[0]


def test_a_purchase_that_costs_more_than_it_brings_turns_the_bounds_around() -> None:
    """Every future brings the same sales, so a loss of one a purchase is the purchases themselves with their sign."""
    model, customers = MODELS[1], alike(6, 28, 30, 300)
    earns = Earning(margin=0.1, cost=4.0, present=np.full(300, 1.0))
    found = futures(model, customers, horizon=60, seed=1, spend=np.full(300, 30.0), earns=earns, draws=2000)
    bought = futures(model, customers, horizon=60, seed=1, draws=2000)
    assert found.value is not None
    assert found.group_value is not None
    total = -expected_purchases(model, customers, horizon=60).sum()
    assert found.group_value.low[0] < total < found.group_value.high[0] < 0
    assert found.group_value.low[0] == pytest.approx(-bought.group_purchases.high[0], rel=0.02)
    assert (found.value.low <= -bought.purchases.high + 3).all()
    assert (found.value.high == 0).all()


def test_profit_of_a_future_is_its_margin_less_the_cost_of_its_own_purchases() -> None:
    """Drawn together: where nothing is bought nothing is paid, so that no loss is greater than that of the orders."""
    customers, today = alike(3, 25, 30), np.full(MANY, 0.5)
    earns = Earning(margin=0.4, cost=10.0, present=today)
    found = futures(MODELS[1], customers, horizon=40, seed=4, spend=SPEND, earns=earns)
    assert found.value is not None
    assert found.group_value is not None
    days = expected_purchases(MODELS[1], customers, horizon=40).sum()
    worth = expected_value(MODELS[1], SPEND, customers, horizon=40).sum()
    middle = (found.group_value.low[0] + found.group_value.high[0]) / 2
    assert middle == pytest.approx(0.5 * (0.4 * worth - 10 * days), rel=0.05)


def test_the_bounds_of_a_group_are_narrower_than_the_sums_of_its_customers() -> None:
    found = futures(MODELS[1], alike(5, 28, 30, 200), horizon=40, seed=1)
    assert found.group_purchases.low[0] > found.purchases.low.sum()
    assert found.group_purchases.high[0] < found.purchases.high.sum()


def test_groups_are_kept_apart_and_an_empty_one_buys_nothing() -> None:
    customers = Histories.of([0, 20, 0], [0, 29, 0], [30, 30, 30])
    found = futures(MODELS[0], customers, horizon=40, seed=1, groups=[0, 2, 0])
    assert found.group_purchases.high[0] < found.group_purchases.high[2]
    assert found.group_purchases.high[1] == 0


def test_the_same_seed_gives_the_same_bounds() -> None:
    once, again = (futures(MODELS[2], alike(3, 20, 30, 50), horizon=40, seed=7) for _ in range(2))
    assert (once.purchases.high == again.purchases.high).all()


parameter = st.floats(1e-4, 1e4)


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from([BgNbd, MbgNbd, ParetoNbd]),
    parameters=st.tuples(parameter, parameter, parameter, parameter),
    x=st.integers(0, 5000),
    value=st.floats(0, 1e9),
    horizon=st.floats(1e-3, 1e9),
)
def test_every_bound_is_finite_and_in_order(
    kind: type[Model], parameters: tuple[float, float, float, float], x: int, value: float, horizon: float
) -> None:
    customer = Histories.of([x], [90 if x else 0], [100], [value])
    found = futures(kind(*parameters), customer, horizon=horizon, seed=0, spend=GammaGamma(6, 1.01, 16), draws=50)
    for spread in (found.purchases, found.value, found.group_purchases, found.group_value):
        assert spread is not None
        assert np.isfinite(spread.high).all()
        assert (spread.low >= 0).all()
        assert (spread.low <= spread.high).all()


@pytest.mark.parametrize(
    "wrong", [{"level": 1.0}, {"draws": 5}, {"horizon": 0.0}, {"groups": [0.5]}, {"groups": [-1]}, {"groups": [10**6]}]
)
def test_questions_without_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(AnalysisError):
        futures(MODELS[0], Histories.of([1], [1], [2]), **({"horizon": 3.0, "seed": 1} | wrong))  # type: ignore[arg-type]


def test_nobody_has_no_future() -> None:
    with pytest.raises(NotEnoughDataError, match="no customer"):
        futures(MODELS[0], Histories.of([], [], []), horizon=1, seed=1)
