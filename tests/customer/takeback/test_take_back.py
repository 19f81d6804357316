from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guanxi.customer.actions import assign_owner, correct_field, own_record, tag, write_note
from guanxi.customer.intake import Incoming, ensure_delivery, take_in
from guanxi.customer.models import (
    Consent,
    Delivery,
    DuplicatePolicy,
    Event,
    Identifier,
    Party,
    Proposal,
    SourceRecord,
    SupersededPayload,
)
from guanxi.customer.takeback import Kept, Why, forget, take_back
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import DAY, SPRING
from tests.customer.takeback.record import exactly, the_record

pytestmark = pytest.mark.django_db


def row(external_id: str, *, on: int = 0, **facts: Any) -> Incoming:
    """A row as of so many days after spring."""
    besides = {
        key: facts.pop(key) for key in ("tags", "owner", "offers", "note", "roles", "created_at") if key in facts
    }
    return Incoming(
        external_id=external_id, payload={"id": external_id, **facts}, fields=facts, as_of=SPRING + on * DAY,
        proof=f"a file of day {on}", **besides,
    )  # fmt: skip


def delivered(label: str, *rows: Incoming, day: int = 0, source: str = "till") -> Delivery:
    at = SPRING + day * DAY
    delivery = ensure_delivery(label=label, source_key=source, at=at, by=None)
    take_in(source=delivery.source, records=rows, at=at, by=None, delivery=delivery)
    return delivery


def returned(delivery: Delivery, limit: int = 2, facts: set[str] = frozenset()) -> list[Kept]:  # type: ignore[assignment]
    after, kept = 0, []
    while (part := take_back(delivery=delivery, after=after, limit=limit, facts=facts.intersection)).last is not None:
        after = part.last
        kept += part.kept
    forget(delivery=delivery)
    return kept


MEI = {"name": "Mei Jones", "email": "mei@example.org", "phone": "+447700900123", "city": "Leeds"}


def test_customers_go_with_everything_that_came_with_them(alice: User) -> None:
    delivered("first", row("C-1", name="Otto Kern"))
    before = exactly()
    offers = {"mail": True, "sms": False}
    second = delivered(
        "second", row("W-1", **MEI, tags=("vip",), owner=alice.pk, offers=offers, note="Likes tea"),
        row("W-2", name="Li Na", tags=("vip", "fair")), row("W-3", name="王晓梅"), source="fair", day=1,
    )  # fmt: skip
    assert exactly() != before
    assert returned(second) == []
    assert exactly() == before


def test_an_update_is_undone_and_identifiers_come_back_with_their_id_spelling_and_verification() -> None:
    delivered("first", row("C-1", **MEI, offers={"mail": True}))
    Identifier.objects.filter(kind="email").update(verified_at=SPRING + timedelta(hours=1), raw="Mei@Example.org")
    before = exactly()
    second = delivered(
        "second", row("C-1", on=1, name="Mei Brown", email="new@example.org", tags=("vip",), offers={"mail": False}), day=1
    )  # fmt: skip
    assert Party.objects.get().email == "new@example.org"
    assert returned(second) == []
    assert exactly() == before


def test_what_another_delivery_said_too_stays_as_if_it_alone_had_said_it() -> None:
    delivered("other", row("C-1", **MEI, tags=("vip",), offers={"mail": True}), day=2)
    alone = the_record()
    returned(Delivery.objects.get(label="other"))
    first = delivered("first", row("C-1", **MEI, tags=("vip", "old"), offers={"mail": True}), day=1)
    delivered("other", row("C-1", **MEI, tags=("vip",), offers={"mail": True}), day=2)
    assert [each.why for each in returned(first)] == [Why.TOLD_AGAIN]

    assert the_record() == alone


def test_the_newest_remaining_words_count_when_those_between_are_taken_back() -> None:
    delivered("first", row("C-1", name="Mei Jones", city="Leeds"))
    second = delivered("second", row("C-1", on=1, name="Mei Jones", city="York"), day=1)
    third = delivered("third", row("C-1", on=2, name="Mei Jones", city="Hull"), day=2)
    assert returned(second) == []
    assert Party.objects.get().city == "Hull"
    assert [each.payload["city"] for each in SupersededPayload.objects.all()] == ["Leeds"]
    assert returned(third) == []
    assert Party.objects.get().city == "Leeds"
    assert not SupersededPayload.objects.exists()


def test_it_can_come_in_again(alice: User) -> None:
    rows = row("C-1", **MEI, tags=("vip",)), row("C-2", name="Li Na", owner=alice.pk)
    first = delivered("first", *rows)
    before = the_record()
    returned(first)
    assert not Party.ever.exists()
    delivered("again", *rows)
    assert the_record() == before


def typed(party: Party, by: User) -> Why:
    correct_field(party=party, field="city", text="York", by=by, at=SPRING + DAY)
    return Why.TYPED


def tagged(party: Party, by: User) -> Why:
    tag(parties=[party.pk], name="mine", by=by, at=SPRING + DAY)
    return Why.TYPED


def noted(party: Party, by: User) -> Why:
    write_note(party=party, text="Called", by=by, at=SPRING + DAY)
    return Why.TYPED


def assigned(party: Party, by: User) -> Why:
    assign_owner(parties=[party.pk], owner=by, by=by, at=SPRING + DAY)
    return Why.TYPED


def verified(party: Party, by: User) -> Why:
    Identifier.objects.filter(party=party, kind="email").update(verified_at=SPRING + DAY)
    return Why.VERIFIED


def answered(party: Party, by: User) -> Why:
    record = party.source_records.get()
    Consent.objects.create(
        source_record=record, party=party, purpose="research", channel="call", is_given=True, at=SPRING + DAY, by=by
    )  # fmt: skip
    return Why.ANSWERED


def written_to(party: Party, by: User) -> Why:
    record = party.source_records.get()
    Event.objects.create(source_record=record, party=party, kind="marketing.sent", at=SPRING + DAY)
    return Why.USED


@pytest.mark.parametrize("work", [typed, tagged, noted, assigned, verified, answered, written_to])
def test_who_was_worked_on_since_stays_and_is_listed(work: Any, alice: User) -> None:
    first = delivered("first", row("C-1", **MEI), row("C-2", name="Li Na"), row("C-3", name="Otto Kern"))
    party = Party.objects.get(name="Mei Jones")
    why = work(party, alice)
    before = [each for each in exactly() if each[0] == "identifier" and "mei@" in each[1]]
    assert returned(first) == [Kept("C-1", party.pk, why)]
    assert [each.name for each in Party.objects.all()] == ["Mei Jones"]
    assert [each for each in exactly() if each[0] == "identifier" and "mei@" in each[1]] == before
    assert Delivery.objects.filter(label="first").exists()


def test_a_correction_typed_on_an_updated_customer_outlives_the_update(alice: User) -> None:
    delivered("first", row("C-1", **MEI))
    second = delivered("second", row("C-1", on=1, name="Mei Brown", email="new@example.org"), day=1)
    correct_field(party=Party.objects.get(), field="city", text="Hull", by=alice, at=SPRING + 2 * DAY)
    assert returned(second) == []
    party = Party.objects.get()
    assert (party.name, party.email, party.city) == ("Mei Jones", "mei@example.org", "Hull")


def test_an_identifier_verified_since_stays_though_the_update_goes() -> None:
    delivered("first", row("C-1", **MEI))
    second = delivered("second", row("C-1", on=1, name="Mei Jones", email="new@example.org"), day=1)
    Identifier.objects.filter(value="new@example.org").update(verified_at=SPRING + DAY)
    assert [each.why for each in returned(second)] == [Why.VERIFIED]
    assert set(Identifier.objects.filter(kind="email").values_list("value", flat=True)) == {
        "mei@example.org",
        "new@example.org",
    }


def test_of_whom_the_history_holds_facts_stays() -> None:
    first = delivered("first", row("C-1", **MEI), row("C-2", name="Li Na"))
    assert [(each.external_id, each.why) for each in returned(first, facts={"C-2"})] == [("C-2", Why.FACTS)]


def test_an_empty_record_of_our_own_is_work_too() -> None:
    first = delivered("first", row("C-1", **MEI))
    own_record(party=Party.objects.get(), at=SPRING)
    assert [each.why for each in returned(first)] == [Why.TYPED]


def test_a_tag_taken_off_by_hand_does_not_come_back() -> None:
    delivered("first", row("C-1", **MEI, tags=("vip",)))
    second = delivered("second", row("C-1", on=1, name="Mei Brown", tags=("vip",)), day=1)
    Party.objects.get().partytags.all().delete()
    returned(second)
    assert not Party.objects.get().partytags.exists()


def test_the_owner_goes_to_the_next_who_was_named(alice: User, bob: User) -> None:
    delivered("first", row("C-1", **MEI))
    second = delivered("second", row("C-1", on=1, name="Mei Brown", owner=alice.pk), day=1)
    delivered("third", row("C-1", on=2, name="Mei Green", owner=bob.pk), day=2)
    assert Party.objects.get().owner == alice
    returned(second)
    assert Party.objects.get().owner == bob


def test_nothing_is_done_twice() -> None:
    first = delivered("first", row("C-1", **MEI), row("C-2", name="Li Na"))
    part = take_back(delivery=first, after=0, limit=1, facts=lambda _: set())
    assert (part.removed, SourceRecord.objects.count()) == (1, 1)
    assert take_back(delivery=first, after=0, limit=9, facts=lambda _: set()).removed == 1
    assert take_back(delivery=first, after=0, limit=9, facts=lambda _: set()).last is None


def attaching() -> None:
    """From now on a row that means a customer known already becomes a record of his."""
    facts = {"same": DuplicatePolicy.Action.ATTACH, "named": DuplicatePolicy.Action.WARN}
    DuplicatePolicy.objects.update_or_create(entry="import", defaults=facts | {"similar": DuplicatePolicy.Action.WARN})


def test_an_owner_given_by_a_row_that_joined_goes_with_it(bob: User) -> None:
    attaching()
    delivered("first", row("C-1", **MEI))
    before = exactly()
    second = delivered("second", row("W-7", **MEI, owner=bob.pk), source="shop", day=1)
    assert Party.objects.get().owner == bob
    assert returned(second) == []
    assert exactly() == before


@pytest.mark.parametrize("order", [("second", "third"), ("third", "second")])
def test_an_owner_whom_two_deliveries_named_goes_with_the_last_of_them(bob: User, order: tuple[str, str]) -> None:
    attaching()
    delivered("first", row("C-1", **MEI))
    for day, label in enumerate(("second", "third"), start=1):
        delivered(label, row("W-7", **MEI, owner=bob.pk), source="shop", day=day)
    returned(Delivery.objects.get(label=order[0]))
    assert Party.objects.get().owner == bob
    returned(Delivery.objects.get(label=order[1]))
    assert Party.objects.get().owner is None
    assert not Delivery.objects.exclude(label="first").exists()


def test_the_owner_goes_to_the_next_whom_another_source_named(alice: User, bob: User) -> None:
    attaching()
    delivered("first", row("C-1", **MEI))
    second = delivered("second", row("W-7", **MEI, owner=alice.pk), source="shop", day=1)
    third = delivered("third", row("B-1", **MEI, owner=bob.pk), source="book", day=2)
    returned(second)
    assert Party.objects.get().owner == bob
    returned(third)
    assert Party.objects.get().owner is None


def test_a_delivery_that_gave_no_owner_takes_none(alice: User) -> None:
    attaching()
    delivered("first", row("C-1", **MEI, owner=alice.pk))
    second = delivered("second", row("W-7", **MEI), source="shop", day=1)
    delivered("third", row("W-7", **MEI), source="shop", day=2)
    returned(second)
    assert Party.objects.get().owner == alice


def test_an_owner_whom_a_colleague_chose_since_stays(alice: User, bob: User) -> None:
    attaching()
    delivered("first", row("C-1", **MEI))
    second = delivered("second", row("W-7", **MEI, owner=bob.pk), source="shop", day=1)
    assign_owner(parties=[Party.objects.get().pk], owner=alice, by=alice, at=SPRING + 2 * DAY)
    returned(second)
    assert Party.objects.get().owner == alice


ULF = {"name": "Ulf Berg", "email": "ulf@example.org", "city": "York"}


def reviewing() -> None:
    """From now on a row that means a customer known already is a question for the review."""
    facts = {"same": DuplicatePolicy.Action.REVIEW, "named": DuplicatePolicy.Action.WARN}
    DuplicatePolicy.objects.update_or_create(entry="import", defaults=facts | {"similar": DuplicatePolicy.Action.WARN})


def test_a_question_that_an_update_raised_is_withdrawn_with_it() -> None:
    reviewing()
    delivered("first", row("C-1", **MEI), row("C-2", **ULF))
    before = exactly()
    second = delivered("second", row("C-2", on=1, **MEI), day=1)
    assert Proposal.objects.get().decided_at is None
    assert returned(second) == []
    assert exactly() == before


def test_a_question_stays_that_a_colleague_has_answered_or_another_delivery_raises_too() -> None:
    reviewing()
    delivered("first", row("C-1", **MEI), row("C-2", **ULF))
    second = delivered("second", row("C-2", on=1, **MEI), day=1)
    third = delivered("third", row("C-2", on=1, **MEI), day=2)
    returned(second)
    assert Proposal.objects.exists()
    Proposal.objects.update(decided_at=SPRING + 3 * DAY, decision=Proposal.Decision.DISTINCT)
    returned(third)
    assert Proposal.objects.exists()


@pytest.mark.parametrize("undone", ["first", "second"])
def test_the_work_for_a_part_takes_as_many_statements_whatever_its_size(undone: str, alice: User) -> None:
    few, many = (statements_to_undo(undone, count, owner=alice.pk) for count in (2, 20))
    assert few == many


def statements_to_undo(undone: str, customers: int, *, owner: int) -> int:
    """How many it takes to unsay one of two files that told of all these customers, in much the same words."""
    source = f"till of {customers}"
    numbers = [f"{source}-{each}" for each in range(customers)]
    files = {
        label: delivered(
            f"{label} of {customers}",
            *(
                row(
                    number, on=day, name=f"Mei {number}", email=f"{label}{number}@example.org", roles=("partner",),
                    tags=("vip", label), note="hello", offers={"mail": True, "sms": label == "first"}, owner=owner,
                )
                for number in numbers
            ),
            day=day,
            source=source.replace(" ", "-"),
        )
        for day, label in enumerate(("first", "second"))
    }  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        part = take_back(delivery=files[undone], after=0, limit=1_000, facts=frozenset().intersection)
    assert part.restored == customers
    return len(asked)
