"""What customers are worth after cost, and with interest."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError
from guanxi.analytical.value import (
    BgNbd,
    GammaGamma,
    Histories,
    MbgNbd,
    ParetoNbd,
    discounted_purchases,
    expected_profit,
    expected_purchases,
    expected_value,
)

MODEL, SPEND = MbgNbd(0.5, 40, 0.9, 1.6), GammaGamma(6, 4, 16)
CUSTOMERS = Histories.of([0, 5, 30], [0, 200, 260], [270, 270, 270], [20, 60, 40])
parameter = st.floats(1e-3, 1e3)


def test_who_costs_more_than_comes_in_stands_out_with_the_greatest_loss_first() -> None:
    found = expected_profit(
        MODEL, SPEND, CUSTOMERS, cost_to_serve=[0.5, 5.0, 0.0], margin=0.4, horizon=365, discount=0.0003
    )
    assert found.profit == pytest.approx(found.margin - found.cost)
    assert found.margin == pytest.approx(0.4 * expected_value(MODEL, SPEND, CUSTOMERS, horizon=365, discount=0.0003))
    assert found.loss_makers.tolist() == [1, 0]


def test_a_cost_per_day_is_paid_every_day_and_discounted_from_it() -> None:
    plain, later = (
        expected_profit(MODEL, SPEND, CUSTOMERS, cost_to_serve=[1, 2, 3], horizon=365, discount=discount).cost
        for discount in (0.0, 0.0003)
    )
    assert plain == pytest.approx([365, 730, 1095])
    days = np.arange(3650) / 10 + 0.05
    assert later == pytest.approx(np.array([1, 2, 3]) * (1.0003**-days).sum() / 10, rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from([BgNbd, MbgNbd, ParetoNbd]),
    parameters=st.tuples(parameter, parameter, parameter, parameter),
    x=st.integers(0, 500),
    horizon=st.floats(0.1, 1e6),
    discount=st.floats(1e-3, 1e3),
)
def test_a_discounted_purchase_is_worth_less_and_a_longer_horizon_more(
    kind: type[BgNbd | MbgNbd | ParetoNbd],
    parameters: tuple[float, float, float, float],
    x: int,
    horizon: float,
    discount: float,
) -> None:
    model, customer = kind(*parameters), Histories.of([x], [90 if x else 0], [100])
    now = expected_purchases(model, customer, horizon=horizon)[0]
    later, longer = (discounted_purchases(model, customer, horizon=h, discount=discount)[0] for h in (horizon, np.inf))
    assert np.isfinite(longer)
    assert 0 <= later <= now * (1 + 1e-6)
    assert later <= longer * (1 + 1e-3)


def test_without_interest_an_end_is_needed() -> None:
    with pytest.raises(AnalysisError, match="horizon"):
        expected_value(MODEL, SPEND, CUSTOMERS, horizon=np.inf)


@pytest.mark.parametrize("model", [BgNbd(0.5, 40, 2, 3), MbgNbd(0.5, 40, 2, 3)])
def test_where_everybody_leaves_at_last_hardly_any_interest_leaves_the_purchases_of_a_lifetime(
    model: BgNbd | MbgNbd,
) -> None:
    """Of an active customer 1 / p: its mean over a beta distribution is (a + b − 1) / (a − 1) where a is above 1."""
    active = expected_purchases(model, CUSTOMERS, horizon=1e-6) / 1e-6
    active /= (model.r + CUSTOMERS.frequency) / (model.alpha + CUSTOMERS.T)
    lifetime = active * (model.a + model.b + CUSTOMERS.frequency + model.chances - 1) / (model.a - 1)
    repeats = CUSTOMERS.frequency > 0
    found = discounted_purchases(model, CUSTOMERS, discount=1e-9)
    assert found[repeats] == pytest.approx(lifetime[repeats], rel=1e-3)
    assert (found < lifetime).all()


@pytest.mark.parametrize("model", [MODEL, BgNbd(0.24, 31, 0.05, 1.0), ParetoNbd(0.5, 40, 0.6, 80)])
@pytest.mark.parametrize("discount", [3e-4, 3e-5, 1e-6])
def test_however_long_it_takes_the_sum_is_that_of_its_years(model: BgNbd | MbgNbd | ParetoNbd, discount: float) -> None:
    """Purchases between two moments, each discounted from the middle between them; moments 2 % apart, up to the end."""
    moments = np.append(np.geomspace(1e-3, 30 / discount, 1200), np.inf)
    until = np.array([expected_purchases(model, CUSTOMERS, horizon=t) for t in moments[:-1]])
    middle = np.sqrt(moments[:-2] * moments[1:-1])
    added = (np.diff(until, axis=0) * (1 + discount) ** -middle[:, None]).sum(axis=0)
    assert discounted_purchases(model, CUSTOMERS, discount=discount) == pytest.approx(added, rel=1e-3)


def test_nobody_is_worth_nothing() -> None:
    assert discounted_purchases(MODEL, Histories.of([], [], []), discount=0.01).shape == (0,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"margin": 0.0},
        {"margin": 1.1},
        {"margin": np.nan},
        {"cost_to_serve": [1, 2]},
        {"cost_to_serve": [1, 2, -1]},
        {"cost_to_serve": [1, 2, np.nan]},
        {"discount": -0.1},
        {"horizon": -5.0},
    ],
)
def test_costs_and_rates_without_sense_are_refused(wrong: dict[str, object]) -> None:
    usual: dict[str, object] = {"cost_to_serve": [1, 2, 3], "horizon": 365.0}
    with pytest.raises(AnalysisError):
        expected_profit(MODEL, SPEND, CUSTOMERS, **(usual | wrong))  # type: ignore[arg-type]
