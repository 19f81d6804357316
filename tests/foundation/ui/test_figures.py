"""The small drawings show what the numbers say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.foundation.ui.figures import arc, own_scale, spark_points, whisker

VALUES = st.floats(-1e9, 1e9)


def test_the_bar_runs_from_the_low_end_to_the_high_end() -> None:
    drawn = whisker(50, 25, 75, (0, 100), width=200)
    assert (drawn.start, drawn.length) == (50, 100)
    assert drawn.zero is None


def test_nil_is_drawn_where_the_axis_crosses_it() -> None:
    assert whisker(10, -20, 40, (-100, 100), width=200).zero == 100


def test_an_interval_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="from low to high"):
        whisker(1, 2, 0, (0, 10))


@given(st.tuples(VALUES, VALUES, VALUES).map(sorted), st.tuples(VALUES, VALUES).map(sorted))
def test_nothing_is_ever_drawn_outside_the_frame(three: list[float], scale: list[float]) -> None:
    low, middle, high = three
    drawn = whisker(middle, low, high, (scale[0], scale[1]))
    assert 0 <= drawn.start <= drawn.width
    assert drawn.start + drawn.length <= drawn.width + 2
    assert 0 <= drawn.mark <= drawn.width


@given(st.tuples(VALUES, VALUES, VALUES).map(sorted))
def test_an_interval_alone_fits_its_own_scale(three: list[float]) -> None:
    low, middle, high = three
    lowest, highest = own_scale(middle, low, high)
    assert lowest <= min(0, low)
    assert highest >= max(0, high)


def test_a_score_of_half_fills_half_of_its_ring() -> None:
    ring = arc("time", "Time", 50, 40, -2)
    assert ring.drawn == pytest.approx(ring.track / 2, abs=0.1)
    assert ring.falling
    assert ring.sign == "▼"


def test_an_unknown_score_leaves_the_ring_empty() -> None:
    assert arc("time", "Time", None, 40, 0).drawn == 0


@given(st.lists(VALUES, min_size=1, max_size=60))
def test_a_sparkline_stays_in_its_frame_and_ends_at_the_last_value(values: list[float]) -> None:
    points = spark_points(values)
    assert len(points) == len(values)
    assert all(0 <= x <= 64 and 0 <= y <= 18 for x, y in points)
