"""What a colleague did is to be taken back after a customer in it was erased."""

import pytest
from django.test import Client
from django.urls import reverse

from guanxi.customer.actions import assign_owner, correct_in_place, correct_many, tag, untag
from guanxi.customer.actions.handing import hand_over
from guanxi.customer.merging import merge_together
from guanxi.customer.models import Party, PrivacyRequest, Proposal
from guanxi.customer.privacy.holdings import erase_rows, holdings
from guanxi.customer.privacy.subject import Subject, subject_of
from guanxi.customer.privacy.traces import erase_traces
from guanxi.customer.reviewing import decide
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from tests.customer.incoming import known
from tests.customer.reviewing.test_reviewing import proposed
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db
SENTENCE = "A customer in this change is no longer on record. It can no longer be taken back; nothing was changed."


def undone(client: Client, entry: Entry | None, place: str = "undo") -> str:
    keys = [entry.pk] if entry else []
    answer = client.post(reverse(f"customer:{place}", args=keys), headers={"HX-Request": "true"})
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


def erased(party: Party) -> None:
    """Record and traces, as `erasing` has them go."""
    subject = subject_of(party.pk)
    erase_rows(holdings(subject))
    erase_traces(PrivacyRequest(), subject)


@pytest.mark.parametrize("decision", ["merged", "distinct", "household"])
def test_a_decision_about_one_who_was_erased_cannot_be_taken_back_and_says_so(alice: User, decision: str) -> None:
    pair = (known("One", owner=alice), known("Other", owner=alice))
    entry = decide(proposal=proposed(*pair), decision=decision, survivor=pair[0], by=alice, at=NOW)
    erased(pair[0])
    client = logged_in(alice)
    assert SENTENCE in undone(client, entry, "proposal-undo")
    assert "You have decided nothing that could be taken back." in undone(client, None, "decision-undo")


def test_the_decision_before_one_about_the_erased_is_the_last_that_can_be_taken_back(alice: User) -> None:
    one, other, gone = (known(name, owner=alice) for name in ("One", "Other", "Gone"))
    for pair in ((one, other), (one, gone)):
        decide(proposal=proposed(*pair), decision="distinct", by=alice, at=NOW)
    erased(gone)
    logged_in(alice).post(reverse("customer:decision-undo"))
    assert Proposal.objects.get().decided_at is None


def test_a_household_that_was_erased_leaves_the_decision_to_be_taken_back(alice: User) -> None:
    pair = (known("One", owner=alice), known("Other", owner=alice))
    entry = decide(proposal=proposed(*pair), decision="household", by=alice, at=NOW)
    erased(Party.objects.get(kind=Party.Kind.HOUSEHOLD))
    logged_in(alice).post(reverse("customer:proposal-undo", args=[entry.pk]))
    assert Proposal.objects.get().decided_at is None


def test_a_merge_whose_survivor_left_with_its_import_cannot_be_taken_back_and_says_so(ada: User) -> None:
    one, other = known("One"), known("Other")
    entry = merge_together(parties=[one, other], survivor=one, by=ada, at=NOW)
    erase_rows(holdings(subject_of(one.pk)))
    assert SENTENCE in undone(logged_in(ada), entry, "merging-undo")


@pytest.mark.parametrize("work", ["assign", "tag", "untag"])
def test_the_others_of_a_choice_are_given_back_what_was_theirs(ada: User, alice: User, work: str) -> None:
    one, other = (known(name, owner=alice) for name in ("One", "Other"))
    both = [one.pk, other.pk]
    tag(parties=both, name="old friend", by=ada, at=NOW)
    entry = {
        "assign": lambda: assign_owner(parties=both, owner=None, by=ada, at=NOW),
        "tag": lambda: tag(parties=both, name="garden", by=ada, at=NOW),
        "untag": lambda: untag(parties=both, name="old friend", by=ada, at=NOW),
    }[work]()
    erased(one)
    assert "1 customer is as before." in undone(logged_in(ada), entry)


def test_a_tag_named_after_the_erased_is_not_put_back(ada: User, alice: User) -> None:
    one, other = known("One", name="Zoe Zander"), known("Other", owner=alice)
    tag(parties=[other.pk], name="Friend of Zoe Zander", by=ada, at=NOW)
    entry = untag(parties=[other.pk], name="Friend of Zoe Zander", by=ada, at=NOW)
    erased(one)
    assert SENTENCE in undone(logged_in(ada), entry)


def test_a_leaver_is_given_back_whoever_was_not_erased(ada: User, alice: User, bob: User) -> None:
    one, other = (known(name, owner=alice) for name in ("One", "Other"))
    made = hand_over(leaver=alice, receivers=[bob], way="turns", moving=[], close_log_in=False, by=ada, at=NOW)
    erased(one)
    answer = logged_in(ada).post(reverse("ownership:handover-undoing", args=[made.pk]), follow=True)
    assert "1 customer is with Alice Lin again." in answer.content.decode()
    assert Party.objects.get(pk=other.pk).owner == alice
