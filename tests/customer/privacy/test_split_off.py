"""What was split off is about somebody else: no request of the one customer shows or erases data of the other."""

import io
import zipfile

import pytest

from guanxi.customer.actions import write_note
from guanxi.customer.merging import merge_parties, split_off, undo_split
from guanxi.customer.models import Event, Identifier, Party, Source, SourceRecord, Split
from guanxi.customer.privacy.actions import check_identity, open_request, start_erasure
from guanxi.customer.privacy.dossier import dossier
from guanxi.customer.privacy.erasing import erase
from guanxi.customer.privacy.subject import subject_of
from guanxi.foundation.accounts.models import User
from guanxi.foundation.history import Store
from tests.customer.incoming import known
from tests.customer.merging.test_splits import told_by_shop
from tests.world import NOW


def parted(by: User) -> tuple[Party, Split]:
    """An elder, of whom the shop's row about the younger was taken away; it had been taken away once before."""
    elder = known("Wang Wei", email="elder@example.org")
    record = told_by_shop(elder)
    undo_split(split=split_off(record=record, by=by, at=NOW), by=by, at=NOW)
    return elder, split_off(record=record, by=by, at=NOW)


def erased(party: Party, by: User) -> None:
    request = open_request(party=party, kind="erasure", how="letter", received_at=NOW, by=by, at=NOW)
    check_identity(request=request, how="called back", by=by, at=NOW)
    start_erasure(request=request, facts="anonymise", backup_days=90, by=by, at=NOW)
    assert erase(request_id=request.pk, clock=lambda: NOW)


def copy_of(party: Party) -> str:
    with zipfile.ZipFile(io.BytesIO(dossier(party, NOW))) as archive:
        return archive.read("data.json").decode() + archive.read("data.html").decode()


@pytest.mark.django_db
def test_a_copy_holds_nothing_of_who_was_split_off(alice: User, history: Store) -> None:
    elder, split = parted(alice)
    assert "elder@example.org" in copy_of(elder)
    assert "younger@example.com" not in copy_of(elder)
    assert "Wang Wei the Younger" not in copy_of(elder)

    younger = Party.objects.get(pk=split.party_id)
    assert "younger@example.com" in copy_of(younger)
    assert "elder@example.org" not in copy_of(younger)


@pytest.mark.django_db
def test_once_merged_or_put_back_the_record_is_theirs_again(alice: User) -> None:
    elder, split = parted(alice)
    merge_parties(absorbed=split.party, survivor=elder, by=alice, at=NOW)
    assert split.record_id in subject_of(elder.pk).records

    other = known("Other")
    record = told_by_shop(other)
    parting = split_off(record=record, by=alice, at=NOW)
    undo_split(split=parting, by=alice, at=NOW)
    assert record.pk in subject_of(other.pk).records


@pytest.mark.django_db(transaction=True)
def test_an_erasure_leaves_who_was_split_off_in_a_home_of_their_own(alice: User, ada: User, history: Store) -> None:
    elder, split = parted(alice)
    younger = Party.objects.get(pk=split.party_id)
    write_note(party=younger, text="Likes green tea", by=alice, at=NOW)

    erased(elder, ada)

    assert list(Party.objects.all()) == [younger]
    assert set(Party.ever.exclude(pk=younger.pk).values_list("merged_into", flat=True)) == {younger.pk}
    record = SourceRecord.objects.exclude(source__key=Source.OWN).get()
    assert (record.pk, record.home_id, record.party_id) == (split.record_id, younger.pk, younger.pk)
    assert Identifier.objects.get(kind="email").value == "younger@example.com"
    assert Event.objects.get(kind="customer.note_written").facts["text"] == "Likes green tea"
    assert not Split.objects.filter(undone_at=None).exists()

    third = known("Third")
    merge_parties(absorbed=younger, survivor=third, by=alice, at=NOW)
    assert SourceRecord.objects.get(pk=record.pk).party_id == third.pk


@pytest.mark.django_db(transaction=True)
def test_who_was_split_off_is_erased_without_the_other(alice: User, ada: User, history: Store) -> None:
    elder, split = parted(alice)

    erased(Party.objects.get(pk=split.party_id), ada)

    assert Party.ever.get().pk == elder.pk  # the party that the undone split had left empty bore the same address
    assert Identifier.objects.filter(kind="email").values_list("value", flat=True).get() == "elder@example.org"
    assert not SourceRecord.objects.filter(pk=split.record_id).exists()


@pytest.mark.django_db(transaction=True)
def test_who_is_split_off_while_an_erasure_is_under_way_stays(alice: User, ada: User, history: Store) -> None:
    elder = known("Wang Wei", email="elder@example.org")
    record = told_by_shop(elder)
    request = open_request(party=elder, kind="erasure", how="letter", received_at=NOW, by=ada, at=NOW)
    check_identity(request=request, how="called back", by=ada, at=NOW)
    start_erasure(request=request, facts="anonymise", backup_days=90, by=ada, at=NOW)
    split = split_off(record=record, by=alice, at=NOW)

    assert erase(request_id=request.pk, clock=lambda: NOW)

    assert list(Party.ever.values_list("pk", flat=True)) == [split.party_id]
    assert SourceRecord.objects.get().home_id == split.party_id
