"""Fader, Hardie & Lee (2005), "RFM and CLV", JMR 42, 415-430: residual transactions of a Pareto/NBD, discounted."""

import numpy as np
import pytest
from scipy.special import hyperu

from guanxi.analytical.value import (
    BgNbd,
    Histories,
    MbgNbd,
    Statistics,
    discounted_purchases,
    expected_purchases,
    fit_pareto_nbd,
    probability_alive,
)
from tests.truths.conftest import Cohort

FORCE = 0.0027  # the paper's δ: 15 % a year, continuous, per week
WEEKLY = float(np.expm1(FORCE))


def test_without_an_end_it_is_the_papers_closed_form(cdnow: Cohort) -> None:
    model, h = fit_pareto_nbd(Statistics.of(cdnow.histories)), cdnow.histories
    tricomi = hyperu(1, 2 - model.s, FORCE * (model.beta + h.T))
    active = (model.r + h.frequency) * (model.beta + h.T) / (model.alpha + h.T) * tricomi
    found = discounted_purchases(model, h, discount=WEEKLY)
    assert found == pytest.approx(probability_alive(model, h) * active, rel=1e-6)


def test_the_paradox_of_the_paper_more_purchases_long_ago_are_worth_less(cdnow: Cohort) -> None:
    """Its iso-value curves bend back: of two customers silent since week 30, the one who bought more often has left."""
    model = fit_pareto_nbd(Statistics.of(cdnow.histories))
    few, many = discounted_purchases(model, Histories.of([2, 14], [30, 30], [78, 78]), discount=WEEKLY)
    assert many < few


@pytest.mark.parametrize("model", [BgNbd(0.243, 4.414, 0.793, 2.426), MbgNbd(0.525, 6.183, 0.891, 1.614)])
@pytest.mark.parametrize("horizon", [52.0, 520.0])
def test_discounting_in_two_thousand_small_steps_gives_the_same(model: BgNbd | MbgNbd, horizon: float) -> None:
    customers = Histories.of([0, 2, 26], [0, 26.7, 30.86], [39, 31, 31])
    ends = horizon * np.arange(2001) / 2000
    until = np.array([np.zeros(3), *(expected_purchases(model, customers, horizon=end) for end in ends[1:])])
    worth = np.exp(-FORCE * (ends[1:] + ends[:-1]) / 2)
    expected = (np.diff(until, axis=0) * worth[:, None]).sum(axis=0)
    assert discounted_purchases(model, customers, horizon=horizon, discount=WEEKLY) == pytest.approx(expected, rel=1e-6)
