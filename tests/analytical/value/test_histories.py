"""Histories are checked at the door, and counting equal ones loses nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.value import Histories, Statistics, fit_bg_nbd

histories = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(6, 9)), min_size=1, max_size=60)


@given(histories)
def test_counting_equal_histories_keeps_every_customer(rows: list[tuple[int, int, int]]) -> None:
    seen = [(x, t_x if x else 0, T) for x, t_x, T in rows]
    counted = Statistics.of(Histories.of(*zip(*seen, strict=True)))
    found = zip(counted.frequency, counted.recency, counted.T, counted.count, strict=True)
    assert {(x, t, T): n for x, t, T, n in found} == {row: seen.count(row) for row in seen}


def test_a_last_purchase_after_the_as_of_date_is_refused() -> None:
    with pytest.raises(AnalysisError, match="after the as-of date"):
        Histories.of([1], [10], [9])


def test_a_one_time_buyer_with_a_recency_is_refused() -> None:
    with pytest.raises(AnalysisError, match="without a repeat purchase"):
        Histories.of([0], [3], [9])


@pytest.mark.parametrize("frequency", [[-1], [np.nan], [np.inf]])
def test_numbers_that_mean_nothing_are_refused(frequency: list[float]) -> None:
    with pytest.raises(AnalysisError, match="frequency"):
        Histories.of(frequency, [0], [1])


def test_columns_of_different_customers_are_refused() -> None:
    with pytest.raises(AnalysisError, match="different lengths"):
        Histories.of([0, 0], [0], [1])


def test_nobody_is_not_fitted() -> None:
    with pytest.raises(NotEnoughDataError, match="no customer"):
        fit_bg_nbd(Statistics.of(Histories.of([], [], [])))


def test_customers_of_today_are_not_fitted() -> None:
    with pytest.raises(NotEnoughDataError, match="nothing was observed"):
        fit_bg_nbd(Statistics.of(Histories.of([0], [0], [0])))


def test_a_billion_customers_counted_elsewhere_fit_like_a_thousand() -> None:
    rows = ([0, 1, 3], [0, 12, 30], [40, 40, 40])
    small, large = (fit_bg_nbd(Statistics.counted(*rows, np.array([700, 200, 100]) * n)) for n in (1, 1e6))
    assert large.r == pytest.approx(small.r, rel=1e-4)
    assert large.report is not None
    assert large.report.customers == 1e9
