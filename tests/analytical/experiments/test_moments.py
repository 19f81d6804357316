"""Six numbers say of an arm what all its customers would."""

import ibis
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError
from guanxi.analytical.experiments import Moments, arm_moments, capped

figures = st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=30)


def close(left: Moments, right: Moments) -> bool:
    names = ("n", "mean_y", "var_y", "mean_x", "var_x", "cov")
    pairs = [(getattr(left, name), getattr(right, name)) for name in names]
    return all(a == pytest.approx(b, rel=1e-9, abs=1e-3) for a, b in pairs)


@given(figures, figures)
def test_two_groups_together_have_the_moments_of_all_their_units(
    one: list[tuple[float, float]], two: list[tuple[float, float]]
) -> None:
    (y1, x1), (y2, x2) = zip(*one, strict=True), zip(*two, strict=True)
    assert close(Moments.of(y1, x1) + Moments.of(y2, x2), Moments.of(y1 + y2, x1 + x2))


def test_sums_and_counts_give_the_same_moments() -> None:
    y, x = np.array([0, 1, 1, 0, 1.0]), np.array([2, 4, 4, 1, 0.0])
    summed = Moments.of_sums(5, y.sum(), (y * y).sum(), x=x.sum(), xx=(x * x).sum(), xy=(x * y).sum())
    assert close(summed, Moments.of(y, x))
    assert close(Moments.of_count(5, 3), Moments.of(y))


def test_large_amounts_with_small_differences_keep_their_variance() -> None:
    y = 1e9 + np.array([0, 1, 2, 3.0])
    assert (Moments.of(y[:2]) + Moments.of(y[2:])).var_y == pytest.approx(1.25)


def test_the_database_reduces_arms_to_the_same_moments_and_who_bought_nothing_counts_as_zero() -> None:
    rows = [("mail", 5.0, 1.0), ("mail", None, 2.0), ("control", 7.0, None), ("control", 1.0, 3.0)]
    units = ibis.memtable(rows, schema={"arm": "string", "y": "float64", "x": "float64"})
    table = ibis.duckdb.connect().to_pyarrow(arm_moments(units)).to_pylist()
    found = {row.pop("arm"): Moments(**row) for row in table}
    assert close(found["mail"], Moments.of([5, 0], [1, 2]))
    assert close(found["control"], Moments.of([7, 1], [0, 3]))


def test_capping_cuts_whales_of_every_arm_at_one_height() -> None:
    rows = [("mail" if i % 2 else "control", float(i)) for i in range(99)] + [("mail", 1e9)]
    units = ibis.memtable(rows, schema={"arm": "string", "y": "float64"})
    top = ibis.duckdb.connect().to_pyarrow(capped(units, share=0.95))["y"].to_numpy().max()
    assert 93 <= top <= 96


def test_an_arm_without_units_and_figures_that_mean_nothing() -> None:
    assert Moments.of([]).n == 0
    assert (Moments.of([]) + Moments.of([])).n == 0
    for bad in (lambda: Moments(1, 0, -1), lambda: Moments(1, float("nan"), 0), lambda: Moments.of_count(2, 3)):
        with pytest.raises(AnalysisError):
            bad()
