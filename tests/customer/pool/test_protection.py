"""The arithmetic of protection: the worked examples of docs/record/pool.md, and what holds for every history."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.customer.actions import write_note
from guanxi.customer.actions.claiming import claim
from guanxi.customer.actions.handing import hand_over
from guanxi.customer.actions.owning import assign_owner, undo_assignment
from guanxi.customer.models import Handover, Party
from guanxi.customer.pool import Protection, first_protection, renewed
from guanxi.foundation.accounts.models import User
from tests.customer.merging.worlds import passing
from tests.customer.pool.seas import claim_of, lying, pool

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


steps = st.lists(
    st.tuples(
        st.sampled_from(["give", "give", "follow up", "undo", "hand over"]), st.integers(0, 2), st.integers(0, 25)
    ),
    max_size=10,
)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=steps)
def test_however_often_a_customer_is_given_on_it_is_protected_no_longer_than_the_first_claim_allows(
    history: list[tuple[str, int, int]], alice: User, bob: User, carol: User, sue: User
) -> None:
    people = [alice, bob, carol]
    with passing():
        sea, (fish,), now, given_on = pool(), lying(), CLAIMED, None
        claim(pool=sea, parties=[fish.pk], by=alice, at=now)
        for act, who, pause in history:
            now += pause * DAY + DAY / 1000
            owner = Party.objects.get(pk=fish.pk).owner
            if act == "give":
                given_on = assign_owner(parties=[fish.pk], owner=people[who], by=sue, at=now) or given_on
            elif act == "follow up":
                write_note(party=fish, text="called", by=owner, at=now)
            elif act == "undo" and given_on:
                undo_assignment(entry=given_on, by=sue, at=now)
                given_on = None
            elif act == "hand over" and people[who] != owner:
                hand_over(
                    leaver=owner,
                    receivers=[people[who]],
                    way=Handover.Way.TURNS,
                    moving=[],
                    close_log_in=False,
                    by=sue,
                    at=now,
                )
            standing = claim_of(fish)
            assert standing.maximum_at == CLAIMED + 90 * DAY
            assert standing.recycle_at <= standing.maximum_at
            assert standing.holder == Party.objects.get(pk=fish.pk).owner
