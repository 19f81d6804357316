"""Fader, Hardie & Lee (2005), Marketing Science 24, 275-284, and the walk-through of the R package BTYD."""

import numpy as np
import pytest
from scipy.special import hyp2f1

from guanxi.analytical.value import BgNbd, Histories, Statistics, expected_purchases, fit_bg_nbd
from tests.truths.conftest import Cohort

CUSTOMER_1516 = Histories.of([26], [30.857], [31])


@pytest.fixture(scope="module")
def model(cdnow: Cohort) -> BgNbd:
    return fit_bg_nbd(Statistics.of(cdnow.histories))


def test_the_parameters_are_those_printed_in_table_2(model: BgNbd) -> None:
    assert model.rounded(3) == BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)


def test_the_log_likelihood_is_the_printed_one(model: BgNbd) -> None:
    assert model.report is not None
    assert round(model.report.log_likelihood, 1) == -9582.4
    assert model.report.is_sound


def test_customer_1516_of_the_btyd_walkthrough_is_expected_25_76_times_in_a_year(model: BgNbd) -> None:
    assert expected_purchases(model, CUSTOMER_1516, horizon=52)[0] == pytest.approx(25.76, abs=0.005)


def test_the_expectations_by_calibration_frequency_are_those_of_the_btyd_walkthrough(
    cdnow: Cohort, model: BgNbd
) -> None:
    expected = expected_purchases(model, cdnow.histories, horizon=39)
    bins = [float(expected[cdnow.histories.frequency == x].mean().round(3)) for x in range(6)]
    assert bins == pytest.approx([0.225, 0.523, 1.044, 1.520, 2.164, 2.654], abs=0.0015)


def test_the_expectation_equals_equation_10(cdnow: Cohort, model: BgNbd) -> None:
    h, (r, alpha, a, b), t = cdnow.histories, (model.r, model.alpha, model.a, model.b), 39.0
    x, t_x, T = h.frequency, h.recency, h.T
    series = hyp2f1(r + x, b + x, a + b + x - 1, t / (alpha + T + t))
    growth = (a + b + x - 1) / (a - 1) * (1 - ((alpha + T) / (alpha + T + t)) ** (r + x) * series)
    gone = np.where(x > 0, a / (b + x - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x), 0)
    assert expected_purchases(model, h, horizon=t) == pytest.approx(growth / (1 + gone), rel=1e-9)


def test_the_cohort_has_the_printed_calibration_frequencies(cdnow: Cohort) -> None:
    counts = np.bincount(np.minimum(cdnow.histories.frequency, 7).astype(int))
    assert counts.tolist() == [1411, 439, 214, 100, 62, 38, 29, 64]


def test_the_full_file_gives_the_parameters_of_an_independent_implementation(cdnow_full: Cohort) -> None:
    model = fit_bg_nbd(Statistics.of(cdnow_full.histories))
    assert model.rounded(4) == BgNbd(r=0.2516, alpha=4.7889, a=0.7234, b=2.1611)
    assert model.report is not None
    assert model.report.log_likelihood == pytest.approx(-95_368.44, abs=0.01)
