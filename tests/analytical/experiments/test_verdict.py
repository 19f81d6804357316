"""What a programme earned, or that it cannot be told."""

import numpy as np
import pytest

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.experiments import Conclusion, Moments, sample_ratio, verdict


def arm(mean: float, n: int, spread: float = 10.0) -> Moments:
    return Moments(n, mean, spread**2)


def test_a_clear_gain_above_its_cost_earns() -> None:
    result = verdict(arm(20, 2000), arm(23, 8000), shares=[0.2, 0.8], has_ended=True, cost=4000, margin=0.5)
    assert result.conclusion is Conclusion.EARNS
    assert result.increment.difference == 3
    assert result.total.estimate == 24_000
    assert result.profit.estimate == 8_000
    assert result.roi.estimate == 2
    assert result.total.low < result.total.estimate < result.total.high


def test_a_clear_gain_below_its_cost_loses() -> None:
    result = verdict(arm(20, 2000), arm(23, 8000), shares=[0.2, 0.8], has_ended=True, cost=40_000)
    assert result.conclusion is Conclusion.LOSES


def test_a_gain_that_may_be_chance_is_not_sure_and_says_what_could_have_been_found() -> None:
    result = verdict(arm(20, 50), arm(21, 200), shares=[0.2, 0.8], has_ended=True)
    assert result.conclusion is Conclusion.NOT_SURE
    assert result.detectable == pytest.approx(2.80 * result.increment.standard_error, rel=0.01)
    assert np.isnan(result.roi.estimate)


def test_while_running_the_sequence_decides_at_the_end_the_fixed_interval() -> None:
    arms, shares = (arm(20, 2000), arm(20.7, 8000)), [0.2, 0.8]
    running = verdict(*arms, shares=shares, has_ended=False, information=0.5)
    ended = verdict(*arms, shares=shares, has_ended=True)
    assert (running.conclusion, ended.conclusion) == (Conclusion.NOT_SURE, Conclusion.EARNS)
    assert running.deciding.low == running.sequence.low
    assert ended.deciding.low == ended.increment.low


def test_arms_in_the_wrong_ratio_prove_nothing_however_clear_the_gain() -> None:
    result = verdict(arm(20, 2000), arm(40, 7000), shares=[0.2, 0.8], has_ended=True)
    assert result.conclusion is Conclusion.INVALID
    assert result.sample_ratio.p < 0.001


def test_a_known_past_narrows_the_verdict() -> None:
    rng = np.random.default_rng(9)
    past = rng.gamma(1, 50, 5000)
    bought = past * 0.9 + rng.normal(0, 5, 5000)
    arms = [Moments.of(bought[i::2], past[i::2]) for i in (0, 1)]
    result = verdict(*arms, shares=[1, 1], has_ended=True)
    assert result.variance_ratio < 0.05


def test_a_programme_nobody_bought_in_is_not_sure() -> None:
    nothing = verdict(Moments.of(np.zeros(200)), Moments.of(np.zeros(800)), shares=[0.2, 0.8], has_ended=True)
    assert nothing.conclusion is Conclusion.NOT_SURE
    assert nothing.profit.estimate == 0


def test_too_few_customers_or_odd_money_are_refused() -> None:
    with pytest.raises(NotEnoughDataError):
        verdict(Moments.of([1]), Moments.of([1, 2]), shares=[1, 1], has_ended=True)
    with pytest.raises(AnalysisError, match="margin"):
        verdict(arm(1, 9), arm(1, 9), shares=[1, 1], has_ended=True, margin=0)


def test_the_sample_ratio_of_a_hand_worked_example() -> None:
    """Expected 100 and 100, seen 90 and 110: χ² = 1 + 1 = 2, p = 0.157."""
    check = sample_ratio([90, 110], [1, 1])
    assert (check.chi_square, round(check.p, 3), check.is_ok) == (2, 0.157, True)
    with pytest.raises(NotEnoughDataError):
        sample_ratio([0, 0], [1, 1])
    with pytest.raises(AnalysisError):
        sample_ratio([5, 5], [1, 0])
