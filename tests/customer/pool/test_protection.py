"""The arithmetic of protection: the worked examples of docs/record/pool.md, and what holds for every history."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.customer.pool import Protection, first_protection, renewed

DAY = timedelta(days=1)
CLAIMED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(*follow_ups: int, default: int = 30, renewal: int = 15, maximum: int = 90) -> tuple[float, float]:
    """Days from the claim to recycle_at and maximum_at after follow-ups on these days."""
    protection = first_protection(CLAIMED, default, maximum)
    for day in follow_ups:
        protection = renewed(protection, CLAIMED + day * DAY, renewal)
    return (protection.recycle_at - CLAIMED) / DAY, (protection.maximum_at - CLAIMED) / DAY


@pytest.mark.parametrize(
    ("follow_ups", "ends"),
    [
        ((), 30),  # nobody calls: the default
        ((10,), 30),  # max(30, 10 + 15): an early call adds nothing
        ((20,), 35),  # max(30, 20 + 15)
        ((20, 34), 49),  # max(35, 34 + 15)
        ((20, 34, 30), 49),  # a call entered late takes nothing away
        ((20, 34, 48, 62, 76), 90),  # 76 + 15 = 91 lies past the maximum
        ((20, 34, 48, 62, 76, 89), 90),  # and no call moves the maximum
    ],
)
def test_the_worked_examples(follow_ups: tuple[int, ...], ends: int) -> None:
    assert after(*follow_ups) == (ends, 90)


def test_days_are_spans_of_24_hours_whatever_the_clocks_do() -> None:
    spring = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)  # British clocks go forward that night
    assert first_protection(spring, 2, 5).recycle_at == datetime(2026, 3, 30, 12, 0, tzinfo=UTC)


def test_a_default_beyond_the_maximum_is_refused() -> None:
    with pytest.raises(ValueError, match="maximum"):
        first_protection(CLAIMED, 31, 30)


days = st.integers(0, 400)
histories = st.lists(st.floats(0, 500), max_size=12)


@given(default=days, extra=days, renewal=days, history=histories)
def test_protection_never_ends_past_the_maximum_nor_before_the_default(
    default: int, extra: int, renewal: int, history: list[float]
) -> None:
    protection = first_protection(CLAIMED, default, default + extra)
    for day in history:
        later = renewed(protection, CLAIMED + day * DAY, renewal)
        assert protection.recycle_at <= later.recycle_at <= later.maximum_at == protection.maximum_at
        protection = later
    assert protection.recycle_at >= CLAIMED + default * DAY


@given(default=days, extra=days, renewal=days, history=histories)
def test_only_the_last_follow_up_counts_in_whatever_order_they_are_entered(
    default: int, extra: int, renewal: int, history: list[float]
) -> None:
    first = first_protection(CLAIMED, default, default + extra)
    forwards = backwards = first
    for day in history:
        forwards = renewed(forwards, CLAIMED + day * DAY, renewal)
    for day in reversed(history):
        backwards = renewed(backwards, CLAIMED + day * DAY, renewal)
    assert forwards == backwards == (renewed(first, CLAIMED + max(history) * DAY, renewal) if history else first)


@given(st.floats(0, 500), st.floats(0, 500), days)
def test_a_later_follow_up_never_ends_sooner(one: float, other: float, renewal: int) -> None:
    start = Protection(CLAIMED + 30 * DAY, CLAIMED + 300 * DAY)
    sooner, later = sorted((one, other))
    ends = [renewed(start, CLAIMED + day * DAY, renewal).recycle_at for day in (sooner, later)]
    assert ends[0] <= ends[1]
