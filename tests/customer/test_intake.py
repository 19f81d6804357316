from datetime import UTC, datetime

import pytest

from guanxi.customer.intake import Status, ensure_source
from guanxi.customer.models import Event, Identifier, Party, PartyRole, SourceRecord, SupersededPayload
from tests.customer.incoming import DAY, SPRING, bring, row

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    return {
        m.__name__: m.objects.count() for m in (Party, SourceRecord, SupersededPayload, Identifier, PartyRole, Event)
    }


def test_a_new_row_becomes_a_customer_with_its_payload_kept_word_for_word() -> None:
    outcome = bring(row("C-1", name="  王 晓梅 ", phone="138 2310 4471", country="China", email="XM@Shanlan.cafe"))[0]
    party = Party.objects.get(pk=outcome.party)
    assert outcome.status == Status.CREATED
    assert (party.name, party.latin_name, party.sort_key[:4]) == ("王晓梅", "Wang Xiaomei", "wang")
    assert (party.phone, party.email, party.country) == ("+8613823104471", "xm@shanlan.cafe", "CN")
    record = party.source_records.get()
    assert record.payload["name"] == "  王 晓梅 "
    assert party.provenance["phone"] == [record.pk, SPRING.isoformat()]
    assert {i.kind for i in Identifier.objects.filter(party=party)} == {"email", "phone", "number"}


@pytest.mark.parametrize("text", ["\\N", "C:\\new\\table", "two\tcells", "two\nlines", "two\rlines", '"quoted"', "\\."])
def test_signs_that_mean_something_to_the_database_come_in_as_they_are(text: str) -> None:
    party = Party.objects.get(pk=bring(row(text, name=text, city="Hull"))[0].party)
    record = party.source_records.get()
    assert (record.payload, party.city) == ({"id": text, "name": text, "city": "Hull"}, "Hull")
    assert party.name == record.external_id == " ".join(text.split())
    assert Identifier.objects.get(party=party).raw == " ".join(text.split())
    assert (party.owner, party.touched_at) == (None, None)


def test_the_same_batch_again_changes_nothing() -> None:
    rows = [row(f"C-{n}", name=f"Customer {n}", email=f"c{n}@example.org") for n in range(20)]
    first = bring(*rows)
    before = counted()
    again = bring(*rows, at=SPRING + DAY)
    assert {each.status for each in again} == {Status.UNCHANGED}
    assert [each.party for each in again] == [each.party for each in first]
    assert counted() == before


def test_a_newer_row_updates_and_the_old_payload_is_kept() -> None:
    bring(row("C-1", name="Mei Jones", city="Leeds", email="mei@old.example"))
    outcome = bring(row("C-1", name="Mei Jones", city="York", email="mei@new.example", as_of=SPRING + DAY))[0]
    party = Party.objects.get()
    assert outcome.status == Status.UPDATED
    assert (party.city, party.email) == ("York", "mei@new.example")
    assert SupersededPayload.objects.get().payload["city"] == "Leeds"
    assert list(Identifier.objects.filter(kind="email").values_list("value", flat=True)) == ["mei@new.example"]
    assert "mei@old.example" not in party.search


def test_an_older_row_changes_no_field_but_is_kept_once() -> None:
    bring(row("C-1", name="Mei Jones", city="York"))
    late = row("C-1", name="Mei Jones", city="Leeds", as_of=SPRING - DAY)
    assert [each.status for each in bring(late, late)] == [Status.UNCHANGED, Status.UNCHANGED]
    bring(late)
    assert Party.objects.get().city == "York"
    assert SupersededPayload.objects.count() == 1


def test_one_customer_twice_in_a_batch_is_one_party_with_the_newest_words() -> None:
    outcomes = bring(
        row("C-1", name="Old name"), row("C-1", name="New name", as_of=SPRING + DAY), row("C-2", name="Other")
    )
    assert [each.status for each in outcomes] == [Status.CREATED, Status.UPDATED, Status.CREATED]
    assert outcomes[0].party == outcomes[1].party
    assert Party.objects.get(pk=outcomes[0].party).name == "New name"
    assert SupersededPayload.objects.get().payload["name"] == "Old name"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row("  ", name="Nobody"), "no customer number"),
        (row("C" * 121, name="Long"), "longer than 120"),
        (row("C-9", name="x" * 201), "longer than 200"),
        (row("C-9", name="broken \ud800"), "no text"),
        (row("C-9", name="nul \x00"), "no text"),
    ],
)
def test_a_row_that_cannot_be_kept_is_rejected_with_a_reason_and_the_others_are_stored(
    bad: object, reason: str
) -> None:
    outcomes = bring(row("C-1", name="Good"), bad)  # type: ignore[arg-type]
    assert [each.status for each in outcomes] == [Status.CREATED, Status.REJECTED]
    assert reason in outcomes[1].reason
    assert Party.objects.count() == 1


def test_an_unreadable_phone_is_reported_but_does_not_lose_the_customer() -> None:
    outcome = bring(row("C-1", name="Mei", phone="ask at desk"))[0]
    assert outcome.status == Status.CREATED
    assert "ask at desk" in outcome.reason
    assert SourceRecord.objects.get().payload["phone"] == "ask at desk"


def test_a_shared_address_is_reported_as_possible_duplicate_and_nothing_is_merged() -> None:
    first = bring(row("C-1", name="Mei Jones", email="mei@example.org"))[0]
    second = bring(row("W-7", name="M. Jones", email="MEI@example.org"), source="shop")[0]
    assert second.status == Status.CREATED
    assert second.possible_duplicates == (first.party,)
    assert Party.objects.count() == 2


def test_the_same_number_in_two_sources_is_chance_unless_a_source_says_it_is_ours() -> None:
    first = bring(row("500", name="Mei Jones"))[0]
    assert bring(row("500", name="Otto Kern"), source="shop")[0].possible_duplicates == ()
    told = bring(row("W-8", name="Mei J.", number="500"), source="fair")[0]
    assert first.party in told.possible_duplicates


def test_a_row_without_a_name_goes_by_what_is_known() -> None:
    bring(row("C-1", email="anna@example.org"), row("C-2"))
    assert set(Party.objects.values_list("name", flat=True)) == {"anna@example.org", "C-2"}


def test_the_owner_named_by_a_source_looks_after_the_customer_with_their_team(alice: object) -> None:
    incoming = row("C-1", name="Mei Jones")
    bring(type(incoming)(**{**incoming.__dict__, "owner": alice.pk}))  # type: ignore[attr-defined]
    party = Party.objects.get()
    assert (party.owner, party.team) == (alice, alice.team)  # type: ignore[attr-defined]


def test_what_people_type_is_no_import() -> None:
    with pytest.raises(ValueError, match="no import"):
        bring(row("C-1", name="Mei"), source="guanxi")


def test_a_batch_takes_a_constant_number_of_statements(django_assert_max_num_queries: object) -> None:
    ensure_source(key="till", name="Till")
    rows = [row(f"C-{n}", name=f"Customer {n}", phone=f"+4420794600{n % 100:02d}") for n in range(300)]
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        bring(*rows)
    changed = [row(f"C-{n}", name=f"Guest {n}", as_of=datetime(2027, 1, 1, tzinfo=UTC)) for n in range(300)]
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        bring(*changed)
