"""The administrator defines fields; colleagues fill them in; who may not see what is sensitive finds no trace of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guanxi.customer.actions import correct_field, create_customer, withdraw_correction
from guanxi.customer.fields import custom_fields
from guanxi.customer.fields.defining import change_field, move_field, remove_field, retire_field, revive_field
from guanxi.customer.models import CustomField, Event, Party, SourceRecord
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError
from tests.customer.fields.defined import defined
from tests.customer.incoming import bring, known, row
from tests.integration.transfer.files import imported
from tests.world import NOW, logged_in, person

pytestmark = pytest.mark.django_db
Kind = CustomField.Kind


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", owner=alice)


def again(party: Party) -> Party:
    return Party.objects.get(pk=party.pk)


def address(name: str, *args: object) -> str:
    return reverse(f"customer:{name}", args=args)


def test_a_field_comes_back_only_while_no_other_is_called_so(ada: User) -> None:
    client, first = logged_in(ada), defined("Route", Kind.TEXT)
    retire_field(field=first, by=ada, at=NOW)
    second = defined("route", Kind.NUMBER)
    refused = client.post(reverse("fields:revival", args=[first.pk]), follow=True)
    assert "There is a field “Route” already" in refused.content.decode()
    assert custom_fields() == [second]
    change_field(field=second, label="Tour", by=ada, at=NOW)
    client.post(reverse("fields:revival", args=[first.pk]))
    assert len(custom_fields()) == 2
    assert Entry.objects.filter(verb="customer.field_revived").count() == 1


def test_the_administrator_defines_changes_orders_retires_and_revives_a_field(ada: User) -> None:
    client = logged_in(ada)
    wish = {"label": "Contract end", "kind": "date", "help": "As signed", "is_filterable": "on"}
    assert client.post(reverse("fields:new"), wish).status_code == 302
    client.post(reverse("fields:new"), {"label": "合同类型", "kind": "choice", "choices": "Gold\nSilver\n"})
    end, kind = CustomField.objects.order_by("position")

    assert (end.key, end.kind, end.is_filterable) == ("contract_end", "date", True)
    assert (kind.key, kind.choices) == ("he_tongleixing", [["Gold", "Gold"], ["Silver", "Silver"]])

    client.post(reverse("fields:field", args=[kind.pk]), {"label": "合同类型", "choices": "Gold > Gold plus\nBronze"})
    client.post(reverse("fields:move", args=[kind.pk]), {"to": "up"})
    kind.refresh_from_db()
    assert kind.choices == [["Gold", "Gold plus"], ["Bronze", "Bronze"]]
    assert [each.key for each in custom_fields()] == ["he_tongleixing", "contract_end"]

    client.post(reverse("fields:retirement", args=[end.pk]))
    assert [each.key for each in custom_fields()] == ["he_tongleixing"]
    client.post(reverse("fields:revival", args=[end.pk]))
    assert len(custom_fields()) == 2
    assert client.get(reverse("fields:fields")).status_code == 200
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {f"customer.field{each}" for each in ("_defined", "_changed", "s_ordered", "_retired", "_revived")} <= verbs


def test_only_who_keeps_the_settings_opens_them(ada: User) -> None:
    field = defined("X", Kind.TEXT)
    for name, args in (("fields", []), ("new", []), ("field", [field.pk])):
        for key in ("alice", "sue", "mallory"):
            assert logged_in(person(key)).get(reverse(f"fields:{name}", args=args)).status_code == 404


@pytest.mark.parametrize(
    "wish",
    [
        {"label": "  "},
        {"label": "Taken"},
        {"label": "C", "kind": "choice"},
        {"label": "C", "kind": "choice", "choices": ["a", "a"]},
    ],
)
def test_a_field_that_makes_no_sense_is_refused_and_nothing_is_saved(wish: dict[str, object], ada: User) -> None:
    defined("Taken", Kind.TEXT)
    with pytest.raises(UserError, match="Nothing was saved"):
        defined(**{"kind": "text", **wish})  # type: ignore[arg-type]
    assert CustomField.objects.count() == 1


@pytest.mark.parametrize("label", ["Contains", "in", "2026", "%", "合同", "Year", "has key"])
def test_every_label_gives_a_key_that_a_query_reads_as_one_field(label: str, ada: User) -> None:
    field = defined(label, Kind.NUMBER)
    party = known("C-1")
    correct_field(party=party, field=field.name, text="7", by=ada, at=NOW)
    assert Party.objects.filter(**{f"custom__{field.key}__gte": 7}).count() == 1
    assert Party.objects.filter(**{f"custom__{field.key}": 7}).count() == 1


def test_a_field_with_values_is_never_removed_and_its_values_outlive_its_retirement(mei: Party, ada: User) -> None:
    field, empty = defined("Route", Kind.TEXT), defined("Nothing", Kind.TEXT)
    correct_field(party=mei, field=field.name, text="North", by=ada, at=NOW)
    with pytest.raises(UserError, match="retire it"):
        remove_field(field=field, by=ada, at=NOW)
    remove_field(field=empty, by=ada, at=NOW)
    retire_field(field=field, by=ada, at=NOW)
    assert "Route" not in logged_in(ada).get(address("customer", mei.pk)).content.decode()

    revive_field(field=field, by=ada, at=NOW)
    assert again(mei).custom == {"route": "North"}
    assert "North" in logged_in(ada).get(address("customer", mei.pk)).content.decode()


def test_values_are_believed_like_every_golden_field_with_their_provenance(mei: Party, alice: User) -> None:
    field = defined("Credit", Kind.MONEY)
    bring(row("C-1", name="Mei Jones", **{field.name: "£1,500"}), source="erp", rank=10)
    SourceRecord.objects.filter(source__key="erp").update(party=mei, home=mei)
    correct_field(party=mei, field="city", text="Leeds", by=alice, at=NOW)
    record = SourceRecord.objects.get(source__key="erp")
    assert record.fields[field.name] == 1500
    assert again(mei).custom == {"credit": 1500}
    assert again(mei).provenance[field.name][0] == record.pk

    correct_field(party=again(mei), field=field.name, text="2000.50", seen="1500", by=alice, at=NOW)
    assert again(mei).custom == {"credit": 2000.5}
    with pytest.raises(UserError, match="Meanwhile"):
        correct_field(party=again(mei), field=field.name, text="9", seen="1500", by=alice, at=NOW)

    correct_field(party=again(mei), field=field.name, text="", by=alice, at=NOW)
    assert again(mei).custom == {}  # a person says that there is none
    withdraw_correction(party=again(mei), field=field.name, by=alice, at=NOW)
    assert again(mei).custom == {"credit": 1500}


def test_an_unreadable_cell_is_told_and_the_row_still_comes_in(ada: User) -> None:
    field = defined("Contract end", Kind.DATE)
    (outcome,) = bring(row("C-9", name="Otto", **{field.name: "soon"}))
    assert "soon" in outcome.reason
    assert Party.objects.get(pk=outcome.party).custom == {}


def test_a_colleague_fills_fields_in_on_the_new_form_and_on_the_page(alice: User) -> None:
    other = known("C-2", name="Dealer Ltd", owner=alice)
    dealer, end = defined("Dealer", Kind.RELATION), defined("Contract end", Kind.DATE)
    client = logged_in(alice)
    wrong = client.post(address("new"), {"name": "Otto", end.name: "31/12/2026"})
    assert wrong.status_code == 422
    assert "year-month-day" in wrong.content.decode()

    client.post(address("new"), {"name": "Otto Kern", end.name: "2026-12-31", dealer.name: "dealer ltd", "anyway": "1"})
    made = Party.objects.get(name="Otto Kern")
    assert made.custom == {"contract_end": "2026-12-31", "dealer": other.pk}
    page = client.get(address("customer", made.pk)).content.decode()
    assert "31 Dec 2026" in page
    assert f'href="{address("customer", other.pk)}">Dealer Ltd' in page

    place = address("field", made.pk, end.name)
    assert client.post(place, {"text": "2027-01-31", "seen": "2026-12-31"}).status_code == 302
    assert again(made).custom["contract_end"] == "2027-01-31"
    assert client.get(address("sayings", made.pk, end.name)).status_code == 200


def test_a_relation_to_a_stranger_is_neither_named_nor_set(alice: User, carol: User) -> None:
    field, hidden = defined("Dealer", Kind.RELATION), known("C-3", name="Secret Ltd", owner=carol)
    mine = known("C-4", name="Mine", owner=alice)
    correct_field(party=mine, field=field.name, text=str(hidden.pk), by=person("ada"), at=NOW)
    page = logged_in(alice).get(address("customer", mine.pk)).content.decode()
    assert "Secret" not in page

    for text in (str(hidden.pk), "Secret Ltd"):
        answer = logged_in(alice).post(address("field", mine.pk, field.name), {"text": text, "seen": str(hidden.pk)})
        assert answer.status_code == 422
        assert "Secret Ltd #" not in answer.content.decode()


def test_who_may_not_see_what_is_sensitive_finds_no_trace_of_it(mei: Party, alice: User, sue: User) -> None:
    field = defined("Illness", Kind.TEXT, is_sensitive=True)
    correct_field(party=mei, field=field.name, text="Hay fever", by=sue, at=NOW)
    assert "Hay fever" in logged_in(sue).get(address("customer", mei.pk)).content.decode()

    client, own = logged_in(alice), SourceRecord.objects.get(party=mei, source__key="guanxi")
    for place in (
        address("customer", mei.pk),
        address("timeline", mei.pk),
        address("source", mei.pk, own.pk),
        address("new"),
    ):
        shown = client.get(place).content.decode()
        assert "Hay fever" not in shown, place
        assert place == address("timeline", mei.pk) or "Illness" not in shown, place
    for name in ("field", "sayings"):
        assert client.get(address(name, mei.pk, field.name)).status_code == 404
    assert client.post(address("field-withdrawal", mei.pk, field.name)).status_code == 404
    assert "Hay fever" not in str(list(Event.objects.values_list("facts", flat=True)))


def test_a_field_that_becomes_sensitive_tells_nothing_of_before(mei: Party, alice: User, ada: User) -> None:
    field = defined("Illness", Kind.TEXT)
    correct_field(party=mei, field=field.name, text="Hay fever", by=alice, at=NOW)
    client = logged_in(alice)
    assert "Hay fever" in client.get(address("timeline", mei.pk)).content.decode()

    change_field(field=field, label="Illness", is_sensitive=True, by=ada, at=NOW)

    shown = client.get(address("timeline", mei.pk)).content.decode()
    assert "Hay fever" not in shown
    assert "Illness" in shown
    found = client.get(address("timeline", mei.pk), {"q": "hay"}).content.decode()
    assert "Illness" not in found


def test_a_sensitive_column_is_not_shown_where_its_cell_is_no_value(mei: Party, alice: User, sue: User) -> None:
    defined("Born", Kind.DATE, is_sensitive=True)
    imported("customer number,name,Born\nB-1,Ben Low,in the summer of 61\n", kind="customers", source="shop")
    record = SourceRecord.objects.get(external_id="B-1")
    Party.objects.filter(pk=record.party_id).update(owner=alice)
    place = address("source", record.party_id, record.pk)
    assert "in the summer of 61" in logged_in(sue).get(place).content.decode()
    shown = logged_in(alice).get(place).content.decode()
    assert "Ben Low" in shown
    assert "summer" not in shown


def test_a_field_for_organisations_is_not_shown_on_a_person(mei: Party, ada: User) -> None:
    defined("Tax number", Kind.TEXT, party_kinds=["organisation"])
    firm = known("C-5", name="Tea Ltd", kind="organisation")
    assert "Tax number" not in logged_in(ada).get(address("customer", mei.pk)).content.decode()
    assert "Tax number" in logged_in(ada).get(address("customer", firm.pk)).content.decode()


def test_twelve_fields_take_no_more_queries_than_one(mei: Party, ada: User) -> None:
    client = logged_in(ada)

    def queries(place: str) -> int:
        client.get(place)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(place).status_code == 200
        return len(asked)

    def fill(n: int) -> None:
        for kind in (Kind.MONEY, Kind.RELATION):
            field = defined(f"{kind} {n}", kind)
            correct_field(party=again(mei), field=field.name, text=str(mei.pk), by=ada, at=NOW)

    fill(0)
    places = (
        address("customer", mei.pk),
        address("customers") + "?columns=" + ",".join(f"custom.money_{n},custom.relation_{n}" for n in range(6)),
    )
    of_one = [queries(place) for place in places]
    for n in range(1, 6):
        fill(n)
    assert [queries(place) for place in places] == of_one


def test_another_process_sees_a_new_field_with_its_next_request(mei: Party, ada: User) -> None:
    client = logged_in(ada)
    client.get(address("customer", mei.pk))
    CustomField.objects.bulk_create(
        [CustomField(key="late", label="Came later", kind="text", defined_at=NOW)]
    )  # no signal
    assert "Came later" in client.get(address("customer", mei.pk)).content.decode()


def test_a_choice_renamed_keeps_who_has_it(mei: Party, ada: User) -> None:
    field = defined("Level", Kind.CHOICE, choices=["Gold"])
    correct_field(party=mei, field=field.name, text="gold", by=ada, at=NOW)
    change_field(field=field, label="Level", choices=["Gold > Platinum"], by=ada, at=NOW)
    move_field(field=field, up=True, by=ada, at=NOW)  # alone, nothing happens
    assert "Platinum" in logged_in(ada).get(address("customer", mei.pk)).content.decode()


def test_a_customer_is_created_with_fields(ada: User) -> None:
    field = defined("Paid", Kind.YES_NO)
    made = create_customer(fields={"name": "Otto", field.name: "no"}, owner=None, by=ada, at=NOW)
    assert made.custom == {"paid": False}
    assert made.provenance[field.name][0] == SourceRecord.objects.get(party=made).pk
