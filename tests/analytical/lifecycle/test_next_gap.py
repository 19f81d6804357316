"""When the next purchase is due."""

from datetime import date, datetime

import ibis
import numpy as np
import pytest

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.lifecycle import (
    GapMethod,
    PastGaps,
    gap_statistics,
    nearest_gap_method,
    next_gap_scores,
    next_gaps,
)

METHODS = list(GapMethod)


def invented(customers: int, spread: float, seed: int = 1) -> PastGaps:
    rng = np.random.default_rng(seed)
    typical = rng.lognormal(3.5, 0.5, customers)
    gaps = [list(own * rng.lognormal(0, spread, rng.integers(2, 12))) for own in typical]
    return PastGaps.of(gaps, [0.0] * customers)


def test_day_41_of_a_34_day_cycle_is_told_from_the_lines_of_purchase() -> None:
    days = ["2024-01-01", "2024-02-04", "2024-03-09", "2024-04-12"]
    rows = [(1, datetime.fromisoformat(day), 5.0, day) for day in days]
    columns = {"party": "int64", "at": "timestamp", "amount": "float64", "order_id": "string"}
    table = gap_statistics(ibis.memtable(rows, schema=columns), date(2024, 5, 23))
    gaps = PastGaps.from_table(ibis.duckdb.connect().to_pyarrow(table))
    due = next_gaps(gaps, method=GapMethod.LOG_NORMAL)
    assert (due.typical[0].round(), due.elapsed[0]) == (34, 41)
    assert due.overdue[0]


@pytest.mark.parametrize("method", METHODS)
def test_bounds_stand_around_the_typical_gap_and_all_are_finite(method: GapMethod) -> None:
    gaps = PastGaps.of([[], [1.0], [34, 34, 34, 34], [1, 3650], [7.0] * 400], [0, 9, 41, 0, 3])
    due = next_gaps(gaps, method=method)
    assert np.isfinite(due.high).all()
    assert ((due.low > 0) & (due.low <= due.typical) & (due.typical <= due.high)).all()


def test_regular_buyers_have_a_narrow_interval_and_the_log_normal_model_finds_it() -> None:
    regular = invented(500, 0.1)
    scores = next_gap_scores(regular)
    assert nearest_gap_method(scores) in {GapMethod.LOG_NORMAL, GapMethod.PERSONAL_MEAN}
    due = next_gaps(regular, method=GapMethod.LOG_NORMAL)
    assert np.median(due.high / due.low) < 1.5


def test_intervals_of_log_normal_gaps_hold_four_of_five() -> None:
    found = {score.method: score.coverage for score in next_gap_scores(invented(3000, 0.6))}
    assert found["log_normal"] == pytest.approx(0.8, abs=0.03)


def test_models_beat_the_personal_mean_where_gaps_are_few_and_irregular() -> None:
    errors = {score.method: score.mae for score in next_gap_scores(invented(3000, 1.0))}
    assert errors["log_normal"] < errors["personal_mean"]
    assert errors["poisson_gamma"] < errors["personal_mean"]


def test_who_bought_once_gets_the_gap_of_the_population() -> None:
    due = next_gaps(PastGaps.of([[], [20.0, 20.0], [20.0]], [5, 5, 5]), method=GapMethod.LOG_NORMAL)
    assert due.typical[0] == pytest.approx(20, rel=0.01)


def test_without_a_second_purchase_day_there_is_no_cycle() -> None:
    with pytest.raises(NotEnoughDataError, match="two days"):
        next_gaps(PastGaps.of([[], []], [1, 2]), method=GapMethod.POISSON_GAMMA)


def test_two_purchases_on_one_day_are_no_gap() -> None:
    with pytest.raises(AnalysisError, match="above 0"):
        PastGaps.of([[0.0]], [1])
