"""Entries of the timeline: pinned on top, and taken back without being lost."""

import pytest

from guanxi.customer.actions import hold_meeting, write_note
from guanxi.customer.engagement.entries import MOST_PINS, pin, strike, unpin
from guanxi.customer.models import Event, Party
from guanxi.customer.queries.stream import Wish, pinned, stream
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from guanxi.foundation.history import Store
from tests.customer.incoming import known
from tests.world import NOW, logged_in


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", owner=alice)


def noted(party: Party, by: User, text: str = "Prefers mornings") -> Event:
    write_note(party=party, text=text, by=by, at=NOW)
    return Event.objects.latest("id")


def test_a_pinned_entry_stays_on_top_until_it_is_taken_off(mei: Party, alice: User) -> None:
    event = noted(mei, alice)
    pin(event=event, by=alice, at=NOW)
    pin(event=event, by=alice, at=NOW)
    assert [each.event for each in pinned(mei, alice)] == [event.pk]
    unpin(event=event)
    assert pinned(mei, alice) == []


def test_only_so_many_are_pinned(mei: Party, alice: User) -> None:
    for number in range(MOST_PINS):
        pin(event=noted(mei, alice, f"{number}"), by=alice, at=NOW)
    with pytest.raises(UserError, match="pinned already"):
        pin(event=noted(mei, alice), by=alice, at=NOW)


def test_what_is_taken_back_stays_readable_with_the_reason(mei: Party, alice: User, bob: User, history: Store) -> None:
    event = noted(mei, alice)
    with pytest.raises(UserError, match="yourself"):
        strike(event=event, reason="wrong customer", by=bob, at=NOW)
    strike(event=event, reason="wrong customer", by=alice, at=NOW)
    entries, _ = stream(mei, alice, Wish(), before=None, most=9)
    found = next(each for each in entries if each.event == event.pk)
    assert found.text == "Prefers mornings"
    assert "wrong customer" in found.struck
    assert not found.may_strike


def test_the_composer_writes_each_kind_and_the_timeline_shows_it(mei: Party, alice: User, history: Store) -> None:
    page = logged_in(alice)
    for mode in ("note", "call", "meeting", "task", "promise", "file"):
        assert "<form" in page.get(f"/customers/{mei.pk}/composer/?compose={mode}").content.decode()
    page.post(f"/customers/{mei.pk}/notes/", {"text": "likes\njasmine"})
    page.post(f"/customers/{mei.pk}/calls/", {"text": "hello", "reached": "yes", "incoming": "no", "minutes": "4"})
    page.post(f"/customers/{mei.pk}/meetings/", {"text": "signed", "place": "Leeds", "people": "Mei, Li"})
    page.post(f"/customers/{mei.pk}/tasks/", {"what": "send it", "due_on": "2030-01-07", "assignee": alice.pk})
    shown = page.get(f"/customers/{mei.pk}/timeline/").content.decode()
    for words in ("jasmine", "hello", "Meeting, Leeds", "With: Mei, Li", "Task for Alice Lin"):
        assert words in shown


def test_a_meeting_touches_the_customer(mei: Party, alice: User) -> None:
    hold_meeting(party=mei, text="signed", place="", people="", by=alice, at=NOW)
    mei.refresh_from_db()
    assert mei.touched_at == NOW
