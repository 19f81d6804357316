"""Somebody writes about a customer while another merges it; each on a connection of its own."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from guanxi.customer.actions import own_record, write_note
from guanxi.customer.encounters import decide
from guanxi.customer.entering import Entry, attach_to_known
from guanxi.customer.intake import Arriving, Verdict, appoint
from guanxi.customer.merging import merge_parties
from guanxi.customer.merging.realigning import realign
from guanxi.customer.models import DuplicatePolicy, Event, Identifier, Party, Proposal, SourceRecord
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import bring, known, row
from tests.world import NOW

Execute = Callable[[str, Any, bool, Any], Any]


def beside(work: Callable[[], None]) -> Thread:
    """Do it on another connection."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_a_merge_waits_for_who_is_just_writing(alice: User) -> None:
    one, other = known("One"), known("Other")
    written, go_on = Signal(), Signal()

    def write() -> None:
        with transaction.atomic():
            write_note(party=other, text="Not committed yet", by=alice, at=NOW)
            written.set()
            go_on.wait(20)

    writer = beside(write)
    assert written.wait(20)
    merger = beside(lambda: void(merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)))
    merger.join(0.5)
    assert merger.is_alive()  # it waits
    go_on.set()
    writer.join(20)
    merger.join(20)

    assert Event.objects.get(kind="customer.note_written").party_id == one.pk


@pytest.mark.django_db(transaction=True)
def test_a_merge_waits_for_an_import_and_the_survivor_hears_what_it_brought(alice: User) -> None:
    one, other = known("One"), known("Other")
    read, go_on = Signal(), Signal()

    def decide_slowly(arriving: Sequence[Arriving]) -> list[Verdict | None]:
        read.set()
        go_on.wait(20)
        return decide(arriving)

    appoint(decide_slowly)
    importer = beside(
        lambda: void(bring(row("Other", as_of=NOW, name="Other", city="Leeds"), row("New", as_of=NOW), at=NOW))
    )
    assert read.wait(20)
    appoint(decide)
    merger = beside(lambda: void(merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)))
    merger.join(0.5)
    assert merger.is_alive()  # it waits
    go_on.set()
    importer.join(20)
    merger.join(20)

    assert Party.objects.get(pk=one.pk).city == "Leeds"


@pytest.fixture
def merged_while_an_import_decides(alice: User) -> Iterator[tuple[Party, Party]]:
    """Whom the next import takes for `other`, who becomes `one` just after it has found him."""
    one, other = known("One"), known("Other", email="other@example.org")

    def decide_slowly(arriving: Sequence[Arriving]) -> list[Verdict | None]:
        verdicts = decide(arriving)
        merger = beside(lambda: void(merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)))
        merger.join(20)
        return verdicts

    appoint(decide_slowly)
    yield one, other
    appoint(decide)


def policy(action: str) -> None:
    DuplicatePolicy.objects.update_or_create(entry="import", defaults={"same": action, "named": action})


def bring_other() -> None:
    bring(row("W-7", name="Other", email="other@example.org", city="Leeds"), source="shop")


@pytest.mark.django_db(transaction=True)
def test_an_import_that_joins_a_customer_just_merged_joins_the_survivor(
    merged_while_an_import_decides: tuple[Party, Party],
) -> None:
    one, _ = merged_while_an_import_decides
    policy("attach")
    bring_other()

    assert SourceRecord.objects.get(external_id="W-7").party_id == one.pk
    assert set(Identifier.objects.filter(value="other@example.org").values_list("party_id", flat=True)) == {one.pk}
    assert Party.objects.get().city == "Leeds"
    assert realign(since=None) == 0


@pytest.mark.django_db(transaction=True)
def test_a_question_about_a_customer_just_merged_is_asked_about_the_survivor(
    merged_while_an_import_decides: tuple[Party, Party],
) -> None:
    one, _ = merged_while_an_import_decides
    policy("review")
    bring_other()

    made = SourceRecord.objects.get(external_id="W-7").party_id
    asked = Proposal.objects.get()
    assert {asked.left_id, asked.right_id} == {one.pk, made}
    assert realign(since=None) == 0


@pytest.mark.django_db
def test_nothing_is_added_to_a_customer_whom_a_page_shows_but_who_was_merged_meanwhile(alice: User) -> None:
    one, other = known("One"), known("Other")
    merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)

    with pytest.raises(UserError, match="“Other” has meanwhile been merged into “One”"):
        attach_to_known(Entry(fields={"name": "Other", "city": "Leeds"}, note="", by=alice, at=NOW), other)
    assert not SourceRecord.objects.filter(source__key="registrations").exists()


@pytest.mark.django_db
def test_who_had_read_the_old_party_is_put_right(alice: User) -> None:
    one, other = known("One"), known("Other")
    merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)

    write_note(party=other, text="From a page opened before", by=alice, at=NOW + timedelta(minutes=1))
    late = Event.objects.get(kind="customer.note_written")
    assert late.party_id == other.pk

    assert realign(since=NOW) == 1
    late.refresh_from_db()
    assert late.party_id == one.pk
    assert SourceRecord.objects.get(pk=late.source_record_id).party_id == one.pk
    assert Party.objects.get(pk=one.pk).touched_at == late.at
    assert realign(since=NOW) == 0
    assert realign(since=None) == 0


@pytest.mark.django_db
def test_old_merges_are_left_to_the_night(alice: User) -> None:
    one, other = known("One"), known("Other")
    own_record(party=other, at=NOW)
    merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)
    write_note(party=other, text="Very late", by=alice, at=NOW)

    assert realign(since=NOW + timedelta(hours=1)) == 0
    assert realign(since=None) == 1
    assert Event.objects.get(kind="customer.note_written").party_id == one.pk


@pytest.mark.django_db
def test_many_merges_are_looked_at_a_few_at_a_time(alice: User) -> None:
    for number in range(20):
        one, other = known(f"One {number}"), known(f"Other {number}")
        merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)
        write_note(party=other, text="Late", by=alice, at=NOW)
    longest = 0

    def watch(execute: Execute, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal longest
        given = params.values() if isinstance(params, dict) else params or ()
        longest = max(longest, len(given), *(len(each) for each in given if isinstance(each, list)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        assert realign(since=None, at_once=2) == 20
    assert longest < 20
    assert all(each.party.name.startswith("One") for each in Event.objects.filter(kind="customer.note_written"))


def void(_: object) -> None:
    """A thread's work answers nothing."""
