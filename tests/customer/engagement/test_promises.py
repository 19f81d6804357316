"""What was promised is kept, taken back or broken, and everybody can see which."""

from datetime import date, timedelta

import pytest

from guanxi.customer.engagement.promises import keep_promise, make_promise, note_breaches, withdraw_promise
from guanxi.customer.engagement.queries import agenda_of, broken_promises, promise_records
from guanxi.customer.engagement.tasks import finish_task, set_task
from guanxi.customer.filters import customers_meeting, read_conditions
from guanxi.customer.models import Event, Party, Promise
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known
from tests.world import NOW, logged_in

TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", owner=alice)


def promised(party: Party, by: User, *, days: int = 2) -> Promise:
    return make_promise(party=party, what="Send the samples", due_on=TODAY + days * DAY, by=by, at=NOW)


def kinds(party: Party) -> list[str]:
    found = Event.objects.filter(party=party, kind__contains="promise").order_by("id")
    return [each.partition("promise_")[2] for each in found.values_list("kind", flat=True)]


def test_a_promise_is_told_when_made_and_when_kept_and_keeping_twice_is_once(mei: Party, alice: User) -> None:
    promise = promised(mei, alice)
    for _ in range(2):
        keep_promise(promise=promise, by=alice, at=NOW + 5 * DAY)
    assert kinds(mei) == ["made", "kept"]
    assert Event.objects.get(kind="customer.promise_kept").facts["days_late"] == 3


def test_the_breach_is_told_once_and_only_after_the_day_is_over(mei: Party, alice: User) -> None:
    promised(mei, alice, days=2)
    assert note_breaches(at=NOW + 2 * DAY) == 0
    assert note_breaches(at=NOW + 3 * DAY) == 1
    assert note_breaches(at=NOW + 4 * DAY) == 0
    assert kinds(mei) == ["made", "broken"]


def test_a_promise_is_taken_back_with_a_reason_and_not_after_it_was_kept(mei: Party, alice: User) -> None:
    promise = promised(mei, alice)
    with pytest.raises(UserError, match="told"):
        withdraw_promise(promise=promise, reason=" ", by=alice, at=NOW)
    withdraw_promise(promise=promise, reason="Out of stock, customer informed", by=alice, at=NOW)
    with pytest.raises(UserError, match="taken back"):
        keep_promise(promise=promise, by=alice, at=NOW)
    assert note_breaches(at=NOW + 9 * DAY) == 0


def test_nothing_can_be_promised_for_yesterday(mei: Party, alice: User) -> None:
    with pytest.raises(UserError, match="over"):
        promised(mei, alice, days=-1)


def test_the_record_of_a_colleague_counts_what_is_over(mei: Party, alice: User, bob: User, sue: User) -> None:
    keep_promise(promise=promised(mei, alice), by=alice, at=NOW)
    keep_promise(promise=promised(mei, alice, days=1), by=alice, at=NOW + 3 * DAY)
    promised(mei, alice, days=0)
    promised(mei, alice, days=9)
    promised(mei, bob, days=9)
    first, second = promise_records(sue, TODAY + 3 * DAY)
    assert (first.name, first.open, first.broken, first.settled) == ("Alice Lin", 2, 1, 3)
    assert first.kept_share == pytest.approx(2 / 3)
    assert first.days_late == pytest.approx(1.0)
    assert (second.name, second.kept_share, second.days_late) == ("Bob Chen", None, None)


def test_an_agenda_holds_ones_own_and_only_customers_one_may_see(mei: Party, alice: User, carol: User) -> None:
    promised(mei, alice, days=0)
    set_task(party=mei, what="Ring back", due_on=TODAY, assignee=carol, by=alice, at=NOW)
    task = set_task(party=mei, what="Write", due_on=TODAY, assignee=alice, by=alice, at=NOW)
    mine = agenda_of(alice, TODAY)
    assert [each.what for each in (*mine.promises, *mine.tasks)] == ["Send the samples", "Write"]
    assert not agenda_of(carol, TODAY).tasks
    finish_task(task=task, by=alice, at=NOW)
    assert not agenda_of(alice, TODAY).tasks
    assert not broken_promises(carol, date(2030, 1, 1)).exists()


def test_the_list_asks_for_broken_and_pending_promises(mei: Party, alice: User) -> None:
    """One customer waits, one waited in vain, one got what was promised, and one was promised nothing."""
    broken, kept = known("C-2", name="Otto", owner=alice), known("C-3", name="Ana", owner=alice)
    known("C-4", name="Ben", owner=alice)
    promised(mei, alice, days=3)
    promised(broken, alice, days=1)
    keep_promise(promise=promised(kept, alice, days=1), by=alice, at=NOW)
    found = {
        comparison: set(
            customers_meeting(
                read_conditions([["promise", comparison, None]]), Party.objects.all(), NOW + 2 * DAY
            ).values_list("name", flat=True)
        )
        for comparison in ("broken", "pending", "unbroken")
    }
    assert found == {"broken": {"Otto"}, "pending": {"Mei Jones"}, "unbroken": {"Mei Jones", "Ana", "Ben"}}


def test_promises_are_made_kept_and_seen_in_the_browser(mei: Party, alice: User, carol: User, sue: User) -> None:
    page = logged_in(alice)
    page.post(f"/customers/{mei.pk}/promises/", {"what": "Call on Monday", "due_on": "2030-01-07"})
    promise = Promise.objects.get()
    assert "Call on Monday" in page.get(f"/customers/{mei.pk}/owed/").content.decode()
    assert "Call on Monday" in logged_in(sue).get("/customers/promises/").content.decode()
    assert "Call on Monday" not in logged_in(carol).get("/customers/promises/").content.decode()
    assert logged_in(carol).post(f"/customers/{mei.pk}/promises/{promise.pk}/keeping/").status_code == 404
    page.post(f"/customers/{mei.pk}/promises/{promise.pk}/keeping/")
    promise.refresh_from_db()
    assert promise.kept_by == alice


def test_the_wrong_customer_in_the_address_keeps_nothing(mei: Party, alice: User) -> None:
    other, promise = known("C-2", name="Otto", owner=alice), promised(mei, alice)
    assert logged_in(alice).post(f"/customers/{other.pk}/promises/{promise.pk}/keeping/").status_code == 404
