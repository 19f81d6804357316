"""What a colleague did is to be taken back after a customer in it was erased."""

import pytest
from django.test import Client
from django.urls import reverse

from guanxi.customer.actions import correct_in_place, correct_many
from guanxi.customer.merging import merge_together
from guanxi.customer.models import Party, PrivacyRequest
from guanxi.customer.privacy.subject import Subject, subject_of
from guanxi.customer.privacy.traces import erase_traces
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from tests.customer.incoming import known
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db
SENTENCE = "A customer in this change was erased since. It can no longer be taken back; nothing was changed."


def undone(client: Client, entry: Entry | None, place: str = "undo") -> str:
    assert entry is not None
    answer = client.post(reverse(f"customer:{place}", args=[entry.pk]), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    return str(answer.headers.get("HX-Trigger", ""))


def test_an_edit_of_one_who_was_erased_cannot_be_taken_back_and_says_so(alice: User) -> None:
    one = known("One", city="Leeds", owner=alice)
    entry = correct_in_place(party=one, field="city", text="York", seen="Leeds", by=alice, at=NOW)
    erase_traces(PrivacyRequest(), subject_of(one.pk))
    assert SENTENCE in undone(logged_in(alice), entry)


def test_a_correction_in_which_the_erased_was_named_cannot_be_taken_back_and_says_so(alice: User) -> None:
    one = known("One", street="with Zoe Zander", owner=alice)
    correct_many(parties=[one.pk], field="street", text="at Zoe Zander", by=alice, at=NOW)
    entry = correct_many(parties=[one.pk], field="street", text="1 High Street", by=alice, at=NOW)
    erase_traces(PrivacyRequest(), Subject(parties=[], records=[], names=["Zoe Zander"]))
    assert SENTENCE in undone(logged_in(alice), entry)
    assert Party.objects.get(pk=one.pk).street == "1 High Street"


def test_the_erased_leave_a_correction_of_many_and_the_others_can_still_be_given_back_theirs(alice: User) -> None:
    one, other = known("One", city="Leeds", owner=alice), known("Other", city="Bath", owner=alice)
    entry = correct_many(parties=[one.pk, other.pk], field="city", text="York", by=alice, at=NOW)
    assert entry is not None
    client = logged_in(alice)
    erase_traces(PrivacyRequest(), subject_of(one.pk))
    assert set(Entry.objects.get(pk=entry.pk).facts["before"]) == {str(other.pk)}
    assert "1 customer is as before" in undone(client, entry)
    assert Party.objects.get(pk=other.pk).city == "Bath"


def test_a_correction_of_many_of_whom_all_were_erased_says_nothing_of_them(alice: User) -> None:
    pair = [known(name, city="Leeds", owner=alice).pk for name in ("One", "Other")]
    entry = correct_many(parties=pair, field="city", text="York", by=alice, at=NOW)
    for party in pair:
        erase_traces(PrivacyRequest(), subject_of(party))
    assert Entry.objects.get(verb="customer.corrected_together").facts == {}
    assert SENTENCE in undone(logged_in(alice), entry)


def test_a_merge_whose_survivor_was_erased_cannot_be_taken_back_and_says_so(ada: User) -> None:
    one, other = known("One"), known("Other")
    entry = merge_together(parties=[one, other], survivor=one, by=ada, at=NOW)
    erase_traces(PrivacyRequest(), subject_of(one.pk))
    assert SENTENCE in undone(logged_in(ada), entry, "merging-undo")
