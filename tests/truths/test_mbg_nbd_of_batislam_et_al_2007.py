"""Batislam, Denizel & Filiztekin (2007), IJRM 24, 201-209; figures of the Python package lifetimes 0.11.3."""

import numpy as np
import pytest

from guanxi.analytical.value import Histories, MbgNbd, Statistics, expected_purchases, fit_mbg_nbd, probability_alive
from tests.truths.conftest import Cohort


@pytest.fixture(scope="module")
def model(cdnow: Cohort) -> MbgNbd:
    return fit_mbg_nbd(Statistics.of(cdnow.histories))


def test_the_parameters_are_those_of_lifetimes_to_three_digits(model: MbgNbd) -> None:
    assert model.rounded(3) == MbgNbd(r=0.525, alpha=6.183, a=0.891, b=1.614)


def test_a_one_time_buyer_may_be_gone_and_the_longer_the_surer(model: MbgNbd) -> None:
    silent = Histories.of([0, 0, 0], [0, 0, 0], [1, 20, 39])
    alive = probability_alive(model, silent)
    assert 1 > alive[0] > alive[1] > alive[2] > 0


def test_expected_purchases_agree_with_a_simulation_of_the_models_own_assumptions() -> None:
    model, rng, customers = MbgNbd(r=0.8, alpha=6.0, a=0.9, b=1.6), np.random.default_rng(7), 200_000
    rate, dropout = rng.gamma(model.r, 1 / model.alpha, customers), rng.beta(model.a, model.b, customers)
    bought = purchases_in(rng, rate, dropout, 20.0)
    newcomers = Histories.of([0], [0], [0])
    # Whoever has just bought for the first time drops out on the spot with chance p, then buys on.
    assert expected_purchases(model, newcomers, horizon=20)[0] == pytest.approx(bought.mean(), rel=0.02)


def purchases_in(rng: np.random.Generator, rate: np.ndarray, dropout: np.ndarray, weeks: float) -> np.ndarray:
    """Repeat purchases of customers who have just made their first one."""
    time, bought = np.zeros(len(rate)), np.zeros(len(rate))
    active = rng.random(len(rate)) >= dropout
    while active.any():
        time[active] += rng.exponential(1 / rate[active])
        active &= time <= weeks
        bought[active] += 1
        active &= rng.random(len(rate)) >= dropout
    return bought
