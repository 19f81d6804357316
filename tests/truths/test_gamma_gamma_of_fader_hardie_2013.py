"""Fader & Hardie (2013), "The gamma-gamma model of monetary value"; log-likelihood from the R package CLVTools."""

import pytest

from guanxi.analytical.value import GammaGamma, expected_spend, fit_gamma_gamma
from tests.truths.conftest import Cohort


@pytest.fixture(scope="module")
def model(cdnow: Cohort) -> GammaGamma:
    return fit_gamma_gamma(cdnow.histories.frequency, cdnow.repeat_value)


def test_the_parameters_are_the_printed_ones(model: GammaGamma) -> None:
    assert model.rounded(2) == GammaGamma(p=6.25, q=3.74, gamma=15.44)


def test_the_log_likelihood_of_the_946_repeaters_is_that_of_clvtools(model: GammaGamma) -> None:
    assert model.report is not None
    assert model.report.customers == 946
    assert model.report.log_likelihood == pytest.approx(-4055.9177, abs=0.0005)


def test_the_mean_value_of_the_population_is_35_dollars_and_the_few_lean_on_it(model: GammaGamma) -> None:
    assert model.mean_value == pytest.approx(35.17, abs=0.01)
    seen_never, seen_once, seen_often = expected_spend(model, [0, 1, 100], [0, 100, 100])
    assert seen_never == pytest.approx(model.mean_value)
    assert model.mean_value < seen_once < seen_often < 100
