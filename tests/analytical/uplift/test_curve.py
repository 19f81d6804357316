"""Qini curve, AUUC and uplift at a share, beside the same worked out customer by customer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.uplift import figures, qini_curve


def by_hand(scores: np.ndarray, treated: np.ndarray, outcome: np.ndarray) -> tuple[list[float], list[float]]:
    """Share treated and outcomes won, in outcomes, at each distinct score: as scikit-uplift's `qini_curve` defines it."""
    shares, won = [0.0], [0.0]
    for least in sorted(set(scores.tolist()), reverse=True):
        here = scores >= least
        n_t, n_c = (here & (treated == 1)).sum(), (here & (treated == 0)).sum()
        y_t, y_c = outcome[here & (treated == 1)].sum(), outcome[here & (treated == 0)].sum()
        shares.append(float(here.mean()))
        won.append(float(y_t - (y_c * n_t / n_c if n_c else 0)))
    return shares, won


def area(curve: tuple[list[float], list[float]]) -> float:
    shares, won = curve
    return float(np.trapezoid(won, shares)) - won[-1] / 2


@pytest.mark.parametrize("seed", range(5))
def test_the_figures_are_those_worked_out_customer_by_customer(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 300
    treated, outcome = rng.integers(0, 2, n), rng.integers(0, 2, n)
    scores = np.round(rng.normal(size=n), 1)  # with ties
    shares, won = by_hand(scores, treated, outcome)
    curve, found = qini_curve(scores, treated, outcome), figures(scores, treated, outcome)
    assert curve.share == pytest.approx(shares)
    assert curve.won == pytest.approx(np.array(won) / treated.sum())
    assert found.qini == pytest.approx(area((shares, won)) / treated.sum())
    best = by_hand(outcome * treated - outcome * (1 - treated), treated, outcome)
    assert found.coefficient == pytest.approx(area((shares, won)) / area(best))


def test_a_hand_worked_example() -> None:
    """First two: 1 treated bought, 1 control did not; last two: the reverse. Uplift of the first half 1, of all 0."""
    found = figures([4, 3, 2, 1], [1, 0, 1, 0], [1, 0, 0, 1], at=0.5)
    assert found.uplift_at == 1
    # Points (0, 0), (1/4, 1/2), (1/2, 1/2), (3/4, 1/2 + 1/2 − 1/2), (1, 0): four trapezia of 1/4.
    assert found.qini == pytest.approx((0.25 + 0.5 + 0.5 + 0.25) / 4)
    assert found.coefficient == pytest.approx(1)
    assert figures([1, 2, 3, 4], [1, 0, 1, 0], [1, 0, 0, 1]).qini < 0


def test_equal_scores_are_no_order() -> None:
    rng = np.random.default_rng(1)
    treated, amount = rng.integers(0, 2, 200), rng.gamma(1, 50, 200)
    flat = figures(np.ones(200), treated, amount)
    effect = amount[treated == 1].mean() - amount[treated == 0].mean()
    assert flat.qini == pytest.approx(0)
    assert flat.auuc == pytest.approx(effect / 2)
    assert flat.uplift_at == pytest.approx(effect)
    assert np.isnan(flat.coefficient)


def test_what_cannot_be_judged_is_refused() -> None:
    with pytest.raises(NotEnoughDataError, match="both arms"):
        figures([1, 2], [1, 1], [0, 1])
    with pytest.raises(NotEnoughDataError):
        figures([], [], [])
    for scores, treated, outcome in (
        ([np.nan, 1], [0, 1], [0, 1]),
        ([1, 2], [0, 2], [0, 1]),
        ([1, 2], [0, 1], [0, np.inf]),
        ([1, 2, 3], [0, 1], [0, 1]),
    ):
        with pytest.raises(AnalysisError):
            figures(scores, treated, outcome)
    with pytest.raises(AnalysisError, match="share"):
        figures([1, 2], [0, 1], [0, 1], at=0)


rows = st.lists(
    st.tuples(st.floats(-1e9, 1e9), st.sampled_from([0, 1]), st.floats(-1e9, 1e9)), min_size=2, max_size=30
).filter(lambda each: {row[1] for row in each} == {0, 1})


@settings(max_examples=100, deadline=None)
@given(rows, st.randoms())
def test_whatever_the_customers_the_figures_are_finite_and_do_not_depend_on_their_order_in_the_file(
    customers: list[tuple[float, int, float]], random: np.random.Generator
) -> None:
    found = figures(*zip(*customers, strict=True))
    random.shuffle(customers)
    again = figures(*zip(*customers, strict=True))
    for name in ("qini", "auuc", "uplift_at"):
        assert np.isfinite(getattr(found, name))
        assert getattr(again, name) == pytest.approx(getattr(found, name), rel=1e-6, abs=1e-3)
