"""What a source has said, in whatever order it arrives."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from guanxi.customer.intake import Status
from guanxi.customer.intake.standing import Saying, Standing

START = datetime(2026, 1, 1, tzinfo=UTC)
# One saying per moment: a source that says two things at once leaves open which is meant.
sayings = st.lists(st.integers(0, 8), min_size=1, max_size=8, unique=True)


def saying(day: int) -> Saying:
    words = {"name": f"words of day {day}"}
    return Saying(words, words, START + timedelta(days=day), START)


def heard(days: list[int]) -> Standing:
    standing = Standing()
    for day in days:
        standing.hear(saying(day))
    return standing


@given(sayings, st.randoms())
def test_the_order_of_arrival_does_not_matter(days: list[int], lot: object) -> None:
    mixed = list(days)
    lot.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = heard(days), heard(mixed)
    assert one.current == other.current == saying(max(days))
    assert sorted(each.as_of for each in one.earlier) == sorted(each.as_of for each in other.earlier)


@given(sayings)
def test_hearing_everything_again_changes_nothing(days: list[int]) -> None:
    standing = heard(days)
    current, earlier = standing.current, list(standing.earlier)
    assert {standing.hear(saying(day)).status for day in days} == {Status.UNCHANGED}
    assert (standing.current, standing.earlier) == (current, earlier)


@given(sayings)
def test_every_saying_is_kept(days: list[int]) -> None:
    standing = heard(days)
    kept = [standing.current, *standing.earlier]
    assert sorted(each.as_of for each in kept if each) == sorted(START + timedelta(days=day) for day in days)
