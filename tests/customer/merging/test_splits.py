"""One source speaks of somebody else."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guanxi.customer.actions import own_record, write_note
from guanxi.customer.intake import ensure_source, recompute
from guanxi.customer.merging import merge_parties, split_off, undo_merge, undo_split
from guanxi.customer.models import Event, Identifier, Merge, Party, SourceRecord, Split
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known
from tests.customer.merging.worlds import Step, dump, passing, standing
from tests.world import NOW

pytestmark = pytest.mark.django_db


def told_by_shop(party: Party) -> SourceRecord:
    """The shop's row was taken for this customer when it came in."""
    fields = {"name": "Wang Wei the Younger", "kind": "person", "email": "younger@example.com"}
    record = SourceRecord.objects.create(
        source=ensure_source(key="shop", name="Shop"), external_id=f"S{party.pk}", payload=fields, fields=fields,
        as_of=NOW - timedelta(days=30), received_at=NOW, home=party, party=party,
    )  # fmt: skip
    Identifier.objects.create(
        source_record=record, party=party, kind="email", value="younger@example.com", raw="younger@example.com"
    )
    recompute([party.pk])
    return record


def test_a_record_leaves_with_all_that_hangs_on_it_and_comes_back_exactly(alice: User) -> None:
    party = known("Wang Wei", owner=alice, phone="+442079460001")
    record = told_by_shop(party)
    before = dump()

    split = split_off(record=record, by=alice, at=NOW)

    made = Party.objects.get(pk=split.party_id)
    assert (made.name, made.email, made.owner_id) == ("Wang Wei the Younger", "younger@example.com", alice.pk)
    assert Party.objects.get(pk=party.pk).email == ""
    assert Identifier.objects.get(kind="email").party_id == made.pk
    assert Event.objects.get(kind="customer.split_off").party_id == party.pk

    undo_split(split=split, by=alice, at=NOW)

    assert Party.ever.get(pk=made.pk).merged_into_id == party.pk
    after = dump()
    after["parties"] = [each for each in after["parties"] if each["merged_into"] is None]
    after["customer_event"] = [each for each in after["customer_event"] if "split" not in each["kind"]]
    assert after == before


def test_a_split_stands_through_merges_and_their_undoing(alice: User) -> None:
    party, third = known("Wang Wei", owner=alice), known("Third")
    split = split_off(record=told_by_shop(party), by=alice, at=NOW)
    merge = merge_parties(absorbed=party, survivor=third, by=alice, at=NOW)
    assert SourceRecord.objects.get(pk=split.record_id).party_id == split.party_id

    undo_split(split=split, by=alice, at=NOW)
    assert SourceRecord.objects.get(pk=split.record_id).party_id == third.pk
    assert Party.ever.get(pk=split.party_id).merged_into_id == third.pk

    undo_merge(merge=merge, by=alice, at=NOW)
    assert SourceRecord.objects.get(pk=split.record_id).party_id == party.pk
    assert Party.ever.get(pk=split.party_id).merged_into_id == party.pk


def test_the_last_thing_known_of_a_customer_and_what_was_typed_stay(alice: User) -> None:
    party = known("Wang Wei")
    with pytest.raises(UserError, match="Nothing else is known"):
        split_off(record=party.source_records.get(), by=alice, at=NOW)
    with pytest.raises(UserError, match="typed here"):
        split_off(record=own_record(party=party, at=NOW), by=alice, at=NOW)


def test_a_split_with_which_people_have_worked_is_not_undone(alice: User) -> None:
    split = split_off(record=told_by_shop(known("Wang Wei")), by=alice, at=NOW)
    write_note(party=Party.objects.get(pk=split.party_id), text="Called back", by=alice, at=NOW)

    with pytest.raises(UserError, match="has been worked with since"):
        undo_split(split=split, by=alice, at=NOW)


def test_a_record_is_split_off_once_and_put_back_once(alice: User) -> None:
    record = told_by_shop(known("Wang Wei"))
    split = split_off(record=record, by=alice, at=NOW)
    with pytest.raises(UserError, match="split off already"):
        split_off(record=record, by=alice, at=NOW)

    undo_split(split=split, by=alice, at=NOW)
    with pytest.raises(UserError, match="put back already"):
        undo_split(split=split, by=alice, at=NOW)

    assert split_off(record=record, by=alice, at=NOW).party_id != split.party_id


@pytest.mark.parametrize("survives", [True, False])
def test_who_was_split_off_can_be_merged_and_parted_again(survives: bool, alice: User) -> None:
    party, third = known("Wang Wei", owner=alice), known("Third")
    split = split_off(record=told_by_shop(party), by=alice, at=NOW)
    absorbed, survivor = (third, split.party) if survives else (split.party, third)
    before = standing()

    merge = merge_parties(absorbed=absorbed, survivor=survivor, by=alice, at=NOW)

    assert SourceRecord.objects.get(pk=split.record_id).party_id == survivor.pk
    assert Event.objects.get(kind="customer.merged").party_id == survivor.pk

    undo_merge(merge=merge, by=alice, at=NOW)

    assert standing() == before
    told = Event.objects.filter(kind="customer.merge_undone").values_list("party", flat=True)
    assert sorted(told) == sorted([third.pk, split.party_id])


@settings(
    max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(
    history=st.lists(
        st.tuples(
            st.sampled_from(["merge", "merge", "undo", "split", "put back"]), st.integers(0, 5), st.integers(0, 5)
        ),
        min_size=6,
        max_size=16,
    )
)
def test_after_any_history_of_merges_and_splits_all_can_be_undone(alice: User, history: list[Step]) -> None:
    """What cannot be done is refused with a sentence and changes nothing; whoever was split off takes part as well."""
    with passing():
        elder = known("Wang Wei", phone="+442079460001")
        record = told_by_shop(elder)
        told_by_shop(known("Third"))
        known("Fourth", owner=alice)
        before = _whose_everything_is()
        for step in [("split", 0, 0), *history]:
            with suppress(UserError):
                _take(step, record, alice)
        for merge in Merge.objects.filter(undone_at=None):
            undo_merge(merge=merge, by=alice, at=NOW)
        for split in Split.objects.filter(undone_at=None):
            undo_split(split=split, by=alice, at=NOW)
        assert _whose_everything_is() == before


def _take(step: Step, record: SourceRecord, by: User) -> None:
    verb, one, other = step
    parties, merges = list(Party.objects.order_by("pk")), list(Merge.objects.order_by("pk"))
    if verb == "merge":
        absorbed, survivor = (parties[each % len(parties)] for each in (one, other))
        merge_parties(absorbed=absorbed, survivor=survivor, by=by, at=NOW)
    elif verb == "undo" and merges:
        undo_merge(merge=merges[one % len(merges)], by=by, at=NOW)
    elif verb == "split":
        split_off(record=record, by=by, at=NOW)
    elif verb == "put back":
        undo_split(split=Split.objects.order_by("pk").last(), by=by, at=NOW)  # type: ignore[arg-type]


def _whose_everything_is() -> dict[str, object]:
    """Without the bookkeeping of merges and splits, and without the parties that undone splits left empty."""
    found = standing()
    rows = {table: held for table, held in found["rows"].items() if table != "customer_event.party_id"}
    return {"living": found["living"], "records": found["records"], "rows": rows}
