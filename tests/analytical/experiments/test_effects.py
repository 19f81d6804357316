"""Differences between arms and their intervals."""

from math import isfinite

import numpy as np
import pytest
from scipy.stats import ttest_ind

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.experiments import Moments, adjusted, confidence_sequence, difference, proportions, ratios


def test_arms_of_one_size_give_the_interval_of_the_textbook() -> None:
    rng = np.random.default_rng(1)
    c, t = rng.normal(10, 3, 400), rng.normal(11, 3, 400)
    effect, book = difference(Moments.of(c), Moments.of(t)), ttest_ind(t, c)
    assert effect.p == pytest.approx(book.pvalue, rel=0.01)
    assert (effect.low, effect.high) == pytest.approx(tuple(book.confidence_interval()), rel=0.01)


def test_a_small_arm_that_missed_the_whales_does_not_claim_to_know_the_mean() -> None:
    everybody = np.concatenate([np.full(990, 1.0), np.full(10, 10_000.0)])
    minnows, rest = Moments.of(everybody[:50] + np.arange(50) / 100), Moments.of(everybody[50:])
    assert not difference(minnows, rest).shows_effect
    assert difference(minnows, rest).standard_error > np.sqrt(minnows.var_y / 49 + rest.var_y / 949)


def test_arms_without_any_variance_are_told_apart_only_by_what_they_are() -> None:
    same, more = (
        difference(Moments.of([5] * 9), Moments.of([5] * 9)),
        difference(Moments.of([5] * 9), Moments.of([6] * 9)),
    )
    assert (same.p, same.shows_effect) == (1, False)
    assert (more.difference, more.low, more.high) == (1, 1, 1)


def test_one_unit_is_no_arm() -> None:
    with pytest.raises(NotEnoughDataError, match="2 units"):
        difference(Moments.of([5]), Moments.of([5, 6]))


def test_a_billion_units_cost_six_numbers() -> None:
    control, treated = Moments.of_count(10**9, 100_000_000), Moments.of_count(10**9, 100_100_000)
    effect = proportions(control, treated)
    assert effect.shows_effect
    assert effect.relative == pytest.approx(0.001)


def test_no_success_at_all_still_leaves_room_for_some() -> None:
    effect = proportions(Moments.of_count(50, 0), Moments.of_count(50, 0))
    assert effect.low == pytest.approx(-0.071, abs=0.001)
    assert effect.high == pytest.approx(0.071, abs=0.001)
    assert effect.p == 1


def test_newcombes_own_example_56_of_70_against_48_of_80() -> None:
    """Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10: 0.0524 to 0.3339."""
    effect = proportions(Moments.of_count(80, 48), Moments.of_count(70, 56))
    assert (round(effect.low, 4), round(effect.high, 4)) == (0.0524, 0.3339)


def test_revenue_per_order_has_the_spread_that_resampling_customers_gives() -> None:
    rng = np.random.default_rng(3)
    orders = rng.poisson(3, (2, 3000)) + 1.0
    revenue = orders * rng.lognormal(3, 0.4, (2, 3000))
    effect = ratios(*(Moments.of(revenue[i], orders[i]) for i in (0, 1)))
    picks = rng.integers(0, 3000, (2, 500, 3000))
    resampled = [revenue[i][picks[i]].sum(1) / orders[i][picks[i]].sum(1) for i in (0, 1)]
    assert effect.difference == pytest.approx(revenue[1].sum() / orders[1].sum() - revenue[0].sum() / orders[0].sum())
    assert effect.standard_error == pytest.approx((resampled[1] - resampled[0]).std(), rel=0.12)


def test_a_ratio_without_a_denominator_is_refused() -> None:
    with pytest.raises(AnalysisError, match="denominator"):
        ratios(Moments.of([1, 2], [0, 0]), Moments.of([1, 2], [1, 1]))


def test_a_constant_past_adjusts_nothing() -> None:
    arms = Moments.of([1, 2, 3], [7, 7, 7]), Moments.of([2, 3, 4], [7, 7, 7])
    assert adjusted(*arms) == arms


def test_a_past_that_explains_everything_leaves_the_effect_alone() -> None:
    past = np.arange(100.0)
    arms = Moments.of(past, past), Moments.of(past[::-1] + 5, past[::-1])
    plain, sharp = difference(*arms), difference(*adjusted(*arms))
    assert sharp.difference == pytest.approx(5)
    assert sharp.standard_error < plain.standard_error / 1000


def test_the_sequence_is_wider_than_the_fixed_interval_at_every_look_and_never_infinite() -> None:
    effect = difference(Moments.of_count(100, 20), Moments.of_count(100, 30))
    for information in (1e-6, 0.05, 0.5, 1, 2, 1e6):
        sequence = confidence_sequence(effect, information=information)
        assert sequence.low < effect.low < effect.high < sequence.high
        assert isfinite(sequence.high)


def test_the_sequence_is_narrowest_about_where_it_was_planned_to_end() -> None:
    """For arriving customers the error falls as 1 / √n, so the width at n is boundary / √n; tuned to be least there."""
    effect = difference(Moments.of_count(100, 20), Moments.of_count(100, 30))
    reach = {i: confidence_sequence(effect, information=i).high - effect.difference for i in (0.1, 0.5, 1, 2, 10)}
    assert min(reach, key=lambda i: reach[i]) == 1


@pytest.mark.parametrize("information", [0, -1, float("nan")])
def test_a_look_without_information_is_refused(information: float) -> None:
    effect = difference(Moments.of_count(100, 20), Moments.of_count(100, 30))
    with pytest.raises(AnalysisError, match="information"):
        confidence_sequence(effect, information=information)
