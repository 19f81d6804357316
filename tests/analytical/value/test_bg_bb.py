"""Fixed opportunities: finite where the closed form is not, and true to how its customers were made."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.value import (
    BgBb,
    Finding,
    Opportunities,
    expected_transactions,
    fit_bg_bb,
    probability_active_next,
    same_share,
)

parameter = st.floats(1e-4, 1e4)
history = st.tuples(st.integers(0, 8), st.integers(0, 4), st.integers(0, 4)).map(
    lambda n: (n[0], n[0] + n[1] if n[0] else 0, n[0] + n[1] + n[2])
)


@settings(max_examples=50, deadline=None)
@given(st.tuples(parameter, parameter, parameter, parameter), history, st.integers(1, 500))
def test_expectations_lie_between_none_and_every_opportunity(
    parameters: tuple[float, float, float, float], seen: tuple[int, int, int], ahead: int
) -> None:
    model, customer = BgBb(*parameters), Opportunities.of(*([figure] for figure in seen))
    assert 0 <= expected_transactions(model, customer, ahead=ahead)[0] <= ahead * (1 + 1e-9)
    assert 0 <= probability_active_next(model, customer)[0] <= 1


@settings(max_examples=25, deadline=None)
@given(st.lists(history, min_size=1, max_size=20))
def test_whatever_was_seen_the_fit_is_finite(rows: list[tuple[int, int, int]]) -> None:
    customers = Opportunities.of(*zip(*rows, strict=True))
    if not customers.offered.any():
        with pytest.raises(NotEnoughDataError):
            fit_bg_bb(customers)
        return
    model = fit_bg_bb(customers)
    assert model.report is not None
    assert np.isfinite([model.alpha, model.beta, model.gamma, model.delta, model.report.log_likelihood]).all()
    assert np.isfinite(expected_transactions(model, customers, ahead=3)).all()


def donors(model: BgBb, people: int, seed: int = 3) -> tuple[Opportunities, np.ndarray]:
    """People observed for four to twelve opportunities, and what they took of the next four."""
    rng = np.random.default_rng(seed)
    chance, leaving = rng.beta(model.alpha, model.beta, people), rng.beta(model.gamma, model.delta, people)
    stays, offered = rng.geometric(leaving) - 1, rng.integers(4, 13, people)
    number = np.arange(1, 17)
    taken = (rng.random((people, 16)) < chance[:, None]) & (number <= stays[:, None])
    known = taken & (number <= offered[:, None])
    future = taken & ~known & (number <= offered[:, None] + 4)
    return Opportunities.of(known.sum(axis=1), (known * number).max(axis=1), offered), future.sum(axis=1)


def test_a_fit_finds_what_its_customers_were_made_with_and_forecasts_better_than_the_same_share() -> None:
    made = BgBb(0.8, 1.5, 0.6, 5.0)
    customers, future = donors(made, 40_000)
    model = fit_bg_bb(customers)
    assert (model.alpha, model.beta, model.gamma, model.delta) == pytest.approx((0.8, 1.5, 0.6, 5.0), rel=0.1)
    expected = expected_transactions(model, customers, ahead=4)
    assert expected.sum() == pytest.approx(future.sum(), rel=0.03)
    assert np.abs(expected - future).mean() < np.abs(same_share(customers, ahead=4) - future).mean()


def test_equal_histories_may_be_counted_or_listed() -> None:
    listed = fit_bg_bb(Opportunities.of([0, 0, 2, 1, 1], [0, 0, 3, 2, 2], [4, 4, 4, 4, 4]))
    counted = fit_bg_bb(Opportunities.of([0, 2, 1, 3], [0, 3, 2, 3], [4] * 4, [2, 1, 2, 0]))
    assert counted.alpha == pytest.approx(listed.alpha, rel=1e-6)


def test_the_answers_come_in_the_order_of_the_rows() -> None:
    model = BgBb(1.2, 0.75, 0.66, 2.8)
    rows = Opportunities.of([6, 0, 6], [6, 0, 6], [6, 6, 7])
    alone = [
        expected_transactions(model, Opportunities.of([x], [x], [n]), ahead=5)[0] for x, n in ((6, 6), (0, 6), (6, 7))
    ]
    assert expected_transactions(model, rows, ahead=5) == pytest.approx(alone)


def test_who_always_gives_has_not_left_and_the_report_says_so() -> None:
    model = fit_bg_bb(Opportunities.of([6], [6], [6], [500]))
    assert model.report is not None
    assert Finding.NO_DROPOUT in model.report.findings
    assert not model.report.is_sound


@pytest.mark.parametrize(
    ("frequency", "recency", "offered"),
    [([2], [1], [3]), ([1], [4], [3]), ([0], [1], [3]), ([0.5], [1], [3]), ([np.nan], [1], [3]), ([-1], [0], [3])],
)
def test_what_is_no_history_is_refused(frequency: list[float], recency: list[float], offered: list[float]) -> None:
    with pytest.raises(AnalysisError):
        Opportunities.of(frequency, recency, offered)


def test_nobody_and_nothing_ahead_are_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="no customer"):
        fit_bg_bb(Opportunities.of([], [], []))
    with pytest.raises(NotEnoughDataError, match="no customer"):
        fit_bg_bb(Opportunities.of([1], [1], [3], [0]))
    with pytest.raises(AnalysisError, match="ahead"):
        expected_transactions(BgBb(1, 1, 1, 1), Opportunities.of([0], [0], [1]), ahead=0)
    assert same_share(Opportunities.of([0, 2], [0, 4], [0, 4]), ahead=6).tolist() == [0, 3]
