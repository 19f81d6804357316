"""A field of the company's own is typed over where it stands in the list, and taken back."""

import pytest
from django.urls import reverse

from guanxi.customer.actions import correct_field
from guanxi.customer.fields.defining import change_field
from guanxi.customer.models import CustomField, Event, Party, SourceRecord
from guanxi.foundation.access.models import Grant
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from tests.customer.fields.defined import defined
from tests.customer.incoming import known
from tests.world import NOW, logged_in, person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", owner=alice)


@pytest.fixture
def limit(ada: User) -> CustomField:
    return defined("Credit limit", CustomField.Kind.NUMBER)


def cell(party: Party, field: CustomField) -> str:
    return reverse("customer:cell", args=[party.pk, field.name])


def limit_of(party: Party) -> object:
    return Party.objects.get(pk=party.pk).custom.get("credit_limit")


def test_a_value_is_typed_over_in_the_list_and_taken_back(mei: Party, limit: CustomField, alice: User) -> None:
    client = logged_in(alice)
    shown = client.get(reverse("customer:customers") + "?columns=custom.credit_limit").content.decode()
    assert f'hx-get="{cell(mei, limit)}"' in shown
    assert 'name="seen" value=""' in client.get(cell(mei, limit)).content.decode()

    correct_field(party=mei, field=limit.name, text="100", by=alice, at=NOW)
    asked = {"text": "2,500", "seen": "100"}
    answer = client.post(cell(mei, limit), asked, headers=HTMX)
    assert (answer.status_code, limit_of(mei)) == (204, 2500)
    undo = answer["HX-Trigger"].split('"undo": "')[1].split('"')[0]
    client.post(undo)
    assert limit_of(mei) == 100
    told = (
        Event.objects.filter(party=mei, kind="customer.field_corrected").order_by("id").values_list("facts", flat=True)
    )
    assert [(each["before"], each["after"]) for each in told] == [("", "100"), ("100", "2500"), ("2500", "100")]


def test_taking_the_first_value_back_leaves_nothing_typed(mei: Party, limit: CustomField, alice: User) -> None:
    client = logged_in(alice)
    answer = client.post(cell(mei, limit), {"text": "7", "seen": ""}, headers=HTMX)
    client.post(answer["HX-Trigger"].split('"undo": "')[1].split('"')[0])
    assert limit_of(mei) is None
    own = SourceRecord.objects.get(source__key="guanxi", external_id=str(mei.pk))
    assert limit.name not in own.fields
    assert limit.name not in own.payload


def test_who_types_over_what_somebody_else_has_just_changed_is_told_and_may_insist(
    mei: Party, limit: CustomField, alice: User
) -> None:
    client = logged_in(alice)
    correct_field(party=mei, field=limit.name, text="300", by=person("sue"), at=NOW)
    refused = client.post(cell(mei, limit), {"text": "7", "seen": ""}, headers=HTMX)
    assert refused.status_code == 422
    assert "Meanwhile somebody changed this to “300”" in refused.content.decode()
    assert 'name="seen" value="300"' in refused.content.decode()
    assert limit_of(mei) == 300
    client.post(cell(mei, limit), {"text": "7", "seen": "300"}, headers=HTMX)
    assert limit_of(mei) == 7


def test_a_text_that_is_no_value_is_said_in_the_cell(mei: Party, limit: CustomField, alice: User) -> None:
    answer = logged_in(alice).post(cell(mei, limit), {"text": "plenty", "seen": ""}, headers=HTMX)
    assert answer.status_code == 422
    assert "is no number" in answer.content.decode()


def test_typing_the_same_again_notes_nothing(mei: Party, limit: CustomField, alice: User) -> None:
    correct_field(party=mei, field=limit.name, text="100", by=alice, at=NOW)
    answer = logged_in(alice).post(cell(mei, limit), {"text": "100", "seen": "100"}, headers=HTMX)
    assert "undo" not in answer["HX-Trigger"]
    assert not Entry.objects.filter(verb="customer.corrected_together").exists()


def test_a_sensitive_field_has_no_cell_whoever_asks(mei: Party, limit: CustomField, ada: User) -> None:
    change_field(field=limit, label="Credit limit", is_sensitive=True, is_filterable=True, by=ada, at=NOW)
    client = logged_in(ada)
    assert [client.get(cell(mei, limit)).status_code, client.post(cell(mei, limit)).status_code] == [404, 404]
    assert (
        "Credit limit"
        not in client.get(reverse("customer:customers") + "?columns=custom.credit_limit").content.decode()
    )


def test_a_field_of_firms_has_no_pencil_beside_a_person(mei: Party, alice: User) -> None:
    firms = defined("Turnover", CustomField.Kind.NUMBER, party_kinds=["organisation"])
    shown = logged_in(alice).get(reverse("customer:customers") + "?columns=custom.turnover").content.decode()
    assert "Turnover" in shown
    assert cell(mei, firms) not in shown


@pytest.mark.parametrize(
    ("colleague", "status"), [("alice", 200), ("bob", 404), ("sue", 200), ("ann", 404), ("mallory", 404)]
)
def test_only_who_may_change_the_customer_gets_the_form(
    colleague: str, status: int, mei: Party, limit: CustomField, request: pytest.FixtureRequest
) -> None:
    assert logged_in(request.getfixturevalue(colleague)).get(cell(mei, limit)).status_code == status


@pytest.fixture
def hidden_since(mei: Party, limit: CustomField, alice: User, ada: User) -> Entry:
    """A correction from 100 to 2,500 of a field that became sensitive afterwards."""
    correct_field(party=mei, field=limit.name, text="100", by=alice, at=NOW)
    logged_in(alice).post(cell(mei, limit), {"text": "2,500", "seen": "100"}, headers=HTMX)
    change_field(field=limit, label="Credit limit", is_sensitive=True, by=ada, at=NOW)
    return Entry.objects.get(verb="customer.corrected_together")


def test_who_may_not_see_a_field_that_became_sensitive_cannot_take_it_back(
    mei: Party, hidden_since: Entry, alice: User
) -> None:
    undo = reverse("customer:undo", args=[hidden_since.pk])
    refused = logged_in(alice).post(undo, headers=HTMX)
    assert "sensitive by now" in refused.content.decode() + str(refused.headers)
    assert limit_of(mei) == 2500
    Grant.objects.create(role=alice.role, verb="customer.sensitive")
    logged_in(alice).post(undo, headers=HTMX)
    assert limit_of(mei) == 100


def test_the_trail_hides_the_values_of_a_field_that_became_sensitive(
    mei: Party, hidden_since: Entry, ada: User, alice: User
) -> None:
    Grant.objects.create(role=alice.role, verb="audit.read")
    trail = reverse("administration:audit") + "?verb=customer.corrected"
    page = logged_in(alice).get(trail).content.decode()
    assert "Credit limit" in page
    assert "2500" not in page
    assert f"{mei.pk}: 100" not in page
    shown = logged_in(ada).get(trail).content.decode()
    assert "2500" in shown
    assert f"{mei.pk}: 100" in shown
