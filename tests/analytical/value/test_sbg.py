"""Contracts: any counts give finite figures, and who left is counted at the right renewal."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.value import (
    Contracts,
    Finding,
    Sbg,
    constant_retention,
    fit_sbg,
    residual_lifetime,
    retention_rate,
    survival,
)

counts = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)


@settings(max_examples=50, deadline=None)
@given(counts, st.integers(0, 10**9))
def test_whoever_left_the_forecast_is_finite_and_falls(cancelled: list[int], going_on: int) -> None:
    contracts = Contracts.of(cancelled, [0] * (len(cancelled) - 1) + [going_on])
    if sum(cancelled) + going_on == 0:
        with pytest.raises(NotEnoughDataError):
            fit_sbg(contracts)
        return
    model = fit_sbg(contracts)
    left = survival(model, np.arange(50))
    assert left[0] == pytest.approx(1)
    assert (np.diff(left) <= 1e-12).all()
    assert (np.diff(retention_rate(model, np.arange(1, 50))) >= 0).all()
    assert np.isfinite(residual_lifetime(model, [0, 5], discount=0.1)).all()
    assert 0 <= constant_retention(contracts) <= 1


def test_a_cohort_and_its_counts_by_tenure_are_the_same() -> None:
    cohort, counted = Contracts.of_cohort([100, 70, 60]), Contracts.of([30, 10], [0, 60])
    assert (cohort.cancelled.tolist(), cohort.going_on.tolist()) == ([30, 10], [0, 60])
    assert fit_sbg(cohort) == fit_sbg(counted)
    assert constant_retention(cohort) == pytest.approx(1 - 40 / 170)


def test_cohorts_that_began_at_different_times_find_the_parameters_they_were_made_with() -> None:
    rng, people = np.random.default_rng(1), 60_000
    tenure, age = rng.geometric(rng.beta(0.9, 3.0, people)), rng.integers(1, 9, people)
    gone = [((tenure == t) & (age >= t)).sum() for t in range(1, 9)]
    going_on = [((tenure > t) & (age == t)).sum() for t in range(1, 9)]
    model = fit_sbg(Contracts.of(gone, going_on))
    assert (model.alpha, model.beta) == pytest.approx((0.9, 3.0), rel=0.08)


def test_without_discount_the_lifetime_is_the_sum_of_what_survives_where_it_has_an_end() -> None:
    model = Sbg(2.5, 4.0)
    assert residual_lifetime(model, [0])[0] == pytest.approx(survival(model, np.arange(1, 10**6)).sum(), rel=1e-4)
    with pytest.raises(AnalysisError, match="infinite"):
        residual_lifetime(Sbg(0.7, 1.2), [0])


def test_a_very_small_discount_comes_near_to_none() -> None:
    assert residual_lifetime(Sbg(2.5, 4.0), [3], discount=1e-6)[0] == pytest.approx(7 / 1.5, rel=1e-4)


def test_where_nobody_ever_left_the_report_says_so() -> None:
    model = fit_sbg(Contracts.of_cohort([500, 500, 500]))
    assert model.report is not None
    assert Finding.NO_DROPOUT in model.report.findings
    assert not model.report.is_sound


@pytest.mark.parametrize("survivors", [[100, 110], [100, np.nan], [100, -1], [[1, 2]]])
def test_what_is_no_cohort_is_refused(survivors: list[float]) -> None:
    with pytest.raises(AnalysisError):
        Contracts.of_cohort(survivors)


@pytest.mark.parametrize("survivors", [[], [100], [0, 0]])
def test_a_cohort_without_a_renewal_says_nothing(survivors: list[float]) -> None:
    contracts = Contracts.of_cohort(survivors)
    with pytest.raises(NotEnoughDataError):
        fit_sbg(contracts)
    with pytest.raises(NotEnoughDataError):
        constant_retention(contracts)


@pytest.mark.parametrize("wrong", [-0.1, np.nan, np.inf])
def test_a_discount_must_be_a_rate(wrong: float) -> None:
    with pytest.raises(AnalysisError, match="discount"):
        residual_lifetime(Sbg(2, 2), [0], discount=wrong)
