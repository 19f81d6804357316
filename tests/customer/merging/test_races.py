"""Somebody writes about a customer while another merges it; each on a connection of its own."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, transaction

from guanxi.customer.actions import own_record, write_note
from guanxi.customer.intake.standings import standings
from guanxi.customer.merging import merge_parties
from guanxi.customer.merging.realigning import realign
from guanxi.customer.models import Event, Party, Source, SourceRecord
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import bring, known, row
from tests.world import NOW


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

    def take() -> None:
        with transaction.atomic():
            standings(Source.objects.get(key="till"), ["Other"])
            read.set()
            go_on.wait(20)
            bring(row("Other", as_of=NOW, name="Other", city="Leeds"), at=NOW)

    importer = beside(take)
    assert read.wait(20)
    merger = beside(lambda: void(merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)))
    merger.join(0.5)
    assert merger.is_alive()  # it waits
    go_on.set()
    importer.join(20)
    merger.join(20)

    assert Party.objects.get(pk=one.pk).city == "Leeds"


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


def void(_: object) -> None:
    """A thread's work answers nothing."""
