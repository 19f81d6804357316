"""Several treatments beside one control."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import dunnett

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.experiments import Moments, compare_with_control, difference, family_reach


def test_arms_of_one_spread_are_judged_as_by_dunnetts_test() -> None:
    rng = np.random.default_rng(4)
    control, *treated = (rng.normal(10 + shift, 3, 300) for shift in (0, 0.2, 0.6, 0.9))
    book = dunnett(*treated, control=control, rng=np.random.default_rng(1))
    interval = book.confidence_interval()
    found = compare_with_control(Moments.of(control), {str(i): Moments.of(arm) for i, arm in enumerate(treated)})
    assert [each.effect.p for each in found] == pytest.approx(book.pvalue.tolist(), abs=0.02)
    assert [each.effect.low for each in found] == pytest.approx(interval.low.tolist(), abs=0.03)
    assert [each.effect.high for each in found] == pytest.approx(interval.high.tolist(), abs=0.03)


def test_a_single_treatment_is_the_plain_difference() -> None:
    control, treated = Moments(40, 10, 9), Moments(60, 12, 9)
    (only,) = compare_with_control(control, {"call": treated})
    plain = difference(control, treated)
    assert only.alone == plain
    assert (only.effect.low, only.effect.high) == pytest.approx((plain.low, plain.high), abs=1e-4)
    assert only.effect.p == pytest.approx(plain.p, abs=1e-4)


def test_with_many_arms_of_nothing_the_best_one_is_not_believed() -> None:
    """Six arms, nothing true: alone, one of them shows an effect in every fifth trial; together, in a twentieth."""
    rng = np.random.default_rng(8)
    means = rng.normal(0, 0.1, (200, 7))
    alone = together = 0
    for row in means:
        control, *arms = (Moments(100, mean, 1.0) for mean in row)
        found = compare_with_control(control, {str(i): arm for i, arm in enumerate(arms)})
        alone += any(each.alone.shows_effect for each in found)
        together += any(each.effect.shows_effect for each in found)
    assert alone / 200 > 0.14
    assert together / 200 == pytest.approx(0.05, abs=0.035)


@pytest.mark.prove
def test_the_family_wise_error_is_five_percent_whatever_the_sizes(
    record_property: Callable[[str, object], None],
) -> None:
    rng, runs = np.random.default_rng(9), 4000
    for sizes in ((500, 500, 500, 500), (2000, 300, 300, 300), (200, 1000, 1000, 1000)):
        scores = rng.normal(size=(runs, 4)) / np.sqrt(sizes)
        wrong = alone = 0
        for row in scores:
            control, *arms = (Moments(n, mean, 1.0) for n, mean in zip(sizes, row, strict=True))
            found = compare_with_control(control, {str(i): arm for i, arm in enumerate(arms)})
            wrong += any(each.effect.shows_effect for each in found)
            alone += any(each.alone.shows_effect for each in found)
        record_property(f"some effect shown, control {sizes[0]}, arms {sizes[1]}", f"{wrong / runs:.3f}")
        record_property(f"the same without correction, control {sizes[0]}", f"{alone / runs:.3f}")
        assert wrong / runs == pytest.approx(0.05, abs=0.012)
        assert alone / runs > 0.08


def test_narrower_than_bonferroni_because_the_control_is_shared() -> None:
    rng = np.random.default_rng(2)
    arms = {str(i): Moments.of(rng.normal(size=200)) for i in range(4)}
    control = Moments.of(rng.normal(size=200))
    for each in compare_with_control(control, arms):
        bonferroni = difference(control, arms[each.arm], level=1 - 0.05 / 4)
        assert each.alone.low > each.effect.low > bonferroni.low


def test_without_treatments_or_units_there_is_no_comparison() -> None:
    with pytest.raises(AnalysisError, match="no treatment"):
        compare_with_control(Moments.of([1, 2]), {})
    with pytest.raises(NotEnoughDataError):
        compare_with_control(Moments.of([1, 2]), {"call": Moments.of([1])})
    for loadings, degrees in (([], 9), ([1.5], 9), ([0.5], 0), ([0.5], float("nan"))):
        with pytest.raises(AnalysisError):
            family_reach(loadings, degrees)


moments = st.builds(
    Moments,
    n=st.integers(2, 10**9),
    mean_y=st.floats(-1e9, 1e9),
    var_y=st.one_of(st.just(0.0), st.floats(1e-9, 1e18)),
)


@settings(max_examples=40, deadline=None)
@given(control=moments, arms=st.lists(moments, min_size=1, max_size=4))
def test_no_interval_is_ever_narrower_or_surer_than_that_of_the_arm_alone(
    control: Moments, arms: list[Moments]
) -> None:
    for each in compare_with_control(control, {str(i): arm for i, arm in enumerate(arms)}):
        slack = 1e-3 * each.alone.standard_error
        assert np.isfinite([each.effect.low, each.effect.high]).all()
        assert each.effect.low <= each.alone.low + slack
        assert each.effect.high >= each.alone.high - slack
        assert 0 <= each.alone.p <= each.effect.p <= 1
