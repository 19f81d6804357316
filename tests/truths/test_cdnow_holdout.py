"""CDNOW's full file: 39 weeks known, 39 forecast. Figures computed once with an independent implementation."""

import numpy as np
import pytest

from guanxi.analytical import AnalysisError
from guanxi.analytical.value import (
    Backtest,
    BgNbd,
    MbgNbd,
    ParetoNbd,
    Score,
    area_under_curve,
    backtest,
    expected_purchases,
    hiatus,
    probability_alive,
)
from guanxi.analytical.value.expectation import active_share
from tests.truths.conftest import Cohort

WEEKS = 39.0


@pytest.fixture(scope="module")
def tested(cdnow_full: Cohort) -> Backtest:
    return backtest(cdnow_full.histories, cdnow_full.future_days, np.zeros(23_570), horizon=WEEKS)


def found(tested: Backtest, method: str) -> Score:
    return next(score for score in tested.purchases if score.method == method)


def test_the_holdout_is_the_published_one(tested: Backtest) -> None:
    assert (tested.customers, tested.actual_purchases.sum()) == (23_570, 19_684)


@pytest.mark.parametrize(("method", "error"), [("bg_nbd", -0.143), ("mbg_nbd", -0.191), ("pareto_nbd", -0.129)])
def test_the_totals_fall_short_by_13_to_19_percent(tested: Backtest, method: str, error: float) -> None:
    assert found(tested, method).total_error == pytest.approx(error, abs=0.0005)


def test_pareto_has_the_smallest_error_mbg_is_next_and_both_beat_the_same_rate_forecast(tested: Backtest) -> None:
    assert tested.best_purchases.method == "pareto_nbd"
    assert not tested.baseline_wins
    assert found(tested, "pareto_nbd").mae == pytest.approx(0.7938, abs=0.0001)
    assert found(tested, "mbg_nbd").mae <= 0.795
    assert found(tested, "bg_nbd").mae == pytest.approx(0.8187, abs=0.0001)
    assert found(tested, "same_rate").mae == pytest.approx(1.0381, abs=0.0001)


def test_the_tenth_of_customers_put_first_make_45_percent_of_the_purchases(tested: Backtest) -> None:
    assert found(tested, "mbg_nbd").top_decile_share >= 0.456


def test_who_buys_again_is_ranked_by_mbg_a_little_better_than_by_recency(cdnow_full: Cohort, tested: Backtest) -> None:
    model, again = tested.models["mbg_nbd"], cdnow_full.future_days > 0
    assert isinstance(model, MbgNbd)
    expected = expected_purchases(model, cdnow_full.histories, horizon=WEEKS)
    assert area_under_curve(expected, again) == pytest.approx(0.765, abs=0.0005)
    assert area_under_curve(-hiatus(cdnow_full.histories), again) == pytest.approx(0.759, abs=0.0005)


def test_who_buys_again_is_ranked_best_by_what_pareto_expects_and_not_by_its_chance_to_be_alive(
    cdnow_full: Cohort, tested: Backtest
) -> None:
    model, again = tested.models["pareto_nbd"], cdnow_full.future_days > 0
    assert isinstance(model, ParetoNbd)
    assert area_under_curve(tested.forecasts["pareto_nbd"], again) == pytest.approx(0.769, abs=0.0005)
    alive = probability_alive(model, cdnow_full.histories)
    assert area_under_curve(alive, again) == pytest.approx(0.722, abs=0.0005)


def test_the_chance_to_be_alive_of_bg_nbd_ranks_backwards_and_is_refused(cdnow_full: Cohort, tested: Backtest) -> None:
    model = tested.models["bg_nbd"]
    assert isinstance(model, BgNbd)
    alive = active_share(model, cdnow_full.histories)
    assert area_under_curve(alive, cdnow_full.future_days > 0) == pytest.approx(0.319, abs=0.0005)
    with pytest.raises(AnalysisError, match="one-time buyers"):
        probability_alive(model, cdnow_full.histories)  # type: ignore[arg-type]


def test_the_sample_has_the_totals_and_errors_of_two_other_implementations(cdnow: Cohort) -> None:
    scores = {
        s.method: s for s in backtest(cdnow.histories, cdnow.future_days, cdnow.future_days, horizon=WEEKS).purchases
    }
    assert scores["bg_nbd"].total == pytest.approx(1653.4, abs=0.05)
    assert scores["bg_nbd"].mae == pytest.approx(0.7855, abs=0.00005)
    assert scores["pareto_nbd"].total == pytest.approx(1665.5, abs=0.05)
    assert scores["pareto_nbd"].mae == pytest.approx(0.7545, abs=0.00005)
    assert scores["same_rate"].total == pytest.approx(2930, abs=0.5)
    assert scores["same_rate"].mae == pytest.approx(1.0237, abs=0.00005)
