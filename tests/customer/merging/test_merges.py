"""Two customers become one and two again."""

from datetime import timedelta

import pytest

from guanxi.customer.actions import correct_field, record_consent, tag, withdraw_correction, write_note
from guanxi.customer.merging import merge_parties, proper_survivor, undo_merge
from guanxi.customer.models import Event, Identifier, Merge, Party, PartyTag, SourceRecord
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import bring, known, row
from tests.world import NOW

pytestmark = pytest.mark.django_db


def test_everything_follows_and_comes_back(alice: User) -> None:
    one = known("Wang Wei", email="wei@example.com")
    other = known("王伟", phone="+8613800138000")
    write_note(party=other, text="Likes oolong", by=alice, at=NOW)
    tag(parties=[other.pk], name="tea", by=alice, at=NOW)

    merge = merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)

    merged = Party.objects.get(pk=one.pk)
    assert (merged.email, merged.phone, merged.touched_at) == ("wei@example.com", "+8613800138000", NOW)
    assert set(Identifier.objects.filter(party=one).values_list("kind", flat=True)) == {"email", "phone", "number"}
    assert PartyTag.objects.get().party_id == one.pk
    assert not Party.objects.filter(pk=other.pk).exists()
    assert Party.ever.get(pk=other.pk).merged_into_id == one.pk

    undo_merge(merge=merge, by=alice, at=NOW)

    again = Party.objects.get(pk=other.pk)
    assert (again.phone, again.email, again.touched_at, again.merged_into_id) == ("+8613800138000", "", NOW, None)
    assert Party.objects.get(pk=one.pk).phone == ""
    assert Party.objects.get(pk=one.pk).touched_at is None
    assert PartyTag.objects.get().party_id == other.pk


def test_the_timeline_tells_both_moments(alice: User) -> None:
    one, other = known("One"), known("Other")

    merge = merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)
    assert Event.objects.get(kind="customer.merged").party_id == one.pk
    undo_merge(merge=merge, by=alice, at=NOW)

    undone = Event.objects.filter(kind="customer.merge_undone")
    assert sorted(undone.values_list("party_id", "facts__other")) == [(one.pk, "Other"), (other.pk, "One")]


def test_merges_are_undone_in_any_order(alice: User) -> None:
    a, b, c = known("A"), known("B"), known("C")
    first = merge_parties(absorbed=a, survivor=b, by=alice, at=NOW)
    second = merge_parties(absorbed=b, survivor=c, by=alice, at=NOW)
    assert set(SourceRecord.objects.values_list("party_id", flat=True)) == {c.pk}

    undo_merge(merge=first, by=alice, at=NOW)

    assert SourceRecord.objects.get(external_id="A").party_id == a.pk
    assert SourceRecord.objects.get(external_id="B").party_id == c.pk
    undo_merge(merge=second, by=alice, at=NOW)
    assert all(each.party_id == each.home_id for each in SourceRecord.objects.all())


def test_a_merge_of_a_whole_tree_takes_it_along(alice: User) -> None:
    a, b, c = known("A"), known("B"), known("C")
    merge_parties(absorbed=a, survivor=b, by=alice, at=NOW)
    second = merge_parties(absorbed=b, survivor=c, by=alice, at=NOW)
    assert Party.ever.get(pk=a.pk).merged_into_id == c.pk

    undo_merge(merge=second, by=alice, at=NOW)

    assert Party.ever.get(pk=a.pk).merged_into_id == b.pk
    assert SourceRecord.objects.get(external_id="A").party_id == b.pk


def test_what_came_in_after_the_merge_goes_home(alice: User) -> None:
    one, other = known("One"), known("Other", city="Leeds")
    merge = merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)

    outcome = bring(row("Other", name="Other", city="York", as_of=NOW))[0]
    assert outcome.party == one.pk
    undo_merge(merge=merge, by=alice, at=NOW)

    assert Party.objects.get(pk=other.pk).city == "York"
    assert Party.objects.get(pk=one.pk).city == ""


def test_what_was_worked_meanwhile_stays_with_the_survivor(alice: User) -> None:
    one, other = known("One"), known("Other")
    merge = merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)
    one = Party.objects.get(pk=one.pk)
    write_note(party=one, text="Both want tea", by=alice, at=NOW)
    record_consent(party=one, purpose="offers", channel="mail", is_given=False, at=NOW, by=alice, proof="call")

    undo_merge(merge=merge, by=alice, at=NOW)

    assert Event.objects.get(kind="customer.note_written").party_id == one.pk
    assert not other.consents.exists()
    assert one.consents.get().is_given is False


def test_owner_team_and_age_stay_in_their_own_row(alice: User, bob: User) -> None:
    one, other = known("One", owner=alice), known("Other", owner=bob)

    merge = merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)

    assert Party.objects.get(pk=one.pk).owner_id == alice.pk
    undo_merge(merge=merge, by=alice, at=NOW)
    assert Party.objects.get(pk=other.pk).owner_id == bob.pk


def test_the_same_customer_is_not_merged_with_himself(alice: User) -> None:
    one = known("One")
    with pytest.raises(UserError, match="one and the same"):
        merge_parties(absorbed=one, survivor=one, by=alice, at=NOW)


def test_who_was_absorbed_is_not_absorbed_again_and_absorbs_nobody(alice: User) -> None:
    b, a, c = known("B"), known("A"), known("C")
    merge_parties(absorbed=a, survivor=b, by=alice, at=NOW)

    for absorbed, survivor in ((a, c), (c, a), (b, a)):
        with pytest.raises(UserError, match="“A” has meanwhile been merged into “B”"):
            merge_parties(absorbed=absorbed, survivor=survivor, by=alice, at=NOW)

    assert Merge.objects.count() == 1


def test_a_merge_is_undone_once(alice: User) -> None:
    merge = merge_parties(absorbed=known("A"), survivor=known("B"), by=alice, at=NOW)
    undo_merge(merge=merge, by=alice, at=NOW)

    with pytest.raises(UserError, match="undone already"):
        undo_merge(merge=merge, by=alice, at=NOW)


def test_who_has_an_owner_survives_else_the_older(alice: User) -> None:
    old, new = known("Old"), known("New")
    assert proper_survivor(new, old) == old

    new.owner = alice
    assert proper_survivor(new, old) == new


def test_the_latest_correction_wins_among_two_hands(alice: User) -> None:
    one, other = known("One"), known("Other")
    correct_field(party=one, field="city", text="Leeds", by=alice, at=NOW)
    correct_field(party=other, field="city", text="York", by=alice, at=NOW + timedelta(hours=1))

    merge = merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)

    assert Party.objects.get(pk=one.pk).city == "York"
    undo_merge(merge=merge, by=alice, at=NOW)
    assert [Party.objects.get(pk=pk).city for pk in (one.pk, other.pk)] == ["Leeds", "York"]


def test_a_correction_made_before_the_merge_can_be_withdrawn_after_it(alice: User) -> None:
    one, other = known("One", city="Bath"), known("Other", city="York")
    correct_field(party=other, field="city", text="Hull", by=alice, at=NOW)
    merge_parties(absorbed=other, survivor=one, by=alice, at=NOW)
    assert Party.objects.get(pk=one.pk).city == "Hull"

    believed = withdraw_correction(party=Party.objects.get(pk=one.pk), field="city", by=alice, at=NOW)

    assert believed.city == "Bath"
    told = Event.objects.filter(kind="customer.field_corrected").latest("pk")
    assert (told.party_id, told.source_record.home_id) == (one.pk, one.pk)
