"""The pages of identifiers and relationships, tried by owner, teammate and stranger."""

import pytest
from django.urls import reverse

from guanxi.customer.models import DuplicatePolicy, Identifier, Party, Proposal, Relationship
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.world import logged_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", phone="+442079460018", owner=alice)


def place(name: str, *args: object) -> str:
    return reverse(f"customer:{name}", args=args)


@pytest.mark.parametrize("name", ["identifiers", "relationships"])
def test_only_who_may_change_the_customer_opens_the_forms(name: str, mei: Party) -> None:
    answers = [
        logged_in(person(each)).get(place(name, mei.pk)).status_code for each in ("alice", "bob", "carol", "sue")
    ]
    assert answers == [200, 404, 404, 200]


def test_a_phone_is_added_verified_and_taken_away(mei: Party, alice: User) -> None:
    client = logged_in(alice)
    client.post(place("identifiers", mei.pk), {"kind": "phone", "text": "020 7946 0019"})
    made = Identifier.objects.get(value="+442079460019")
    client.post(place("verification", mei.pk, made.pk), {"how": "called back"})
    page = client.get(place("customer", mei.pk)).content.decode()
    assert "verified" in page
    client.post(place("verification-withdrawal", mei.pk, made.pk))
    client.post(place("identifier-removal", mei.pk, made.pk))
    assert not Identifier.objects.filter(value="+442079460019").exists()


def test_an_identifier_of_another_customer_is_not_found_here(mei: Party, alice: User, carol: User) -> None:
    foreign = known("C-9", phone="+442079460077", owner=carol).identifiers.get(kind="phone")
    for name in ("verification", "verification-withdrawal", "identifier-removal"):
        assert logged_in(alice).post(place(name, mei.pk, foreign.pk), {"how": "x"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.verified_at is None


@pytest.mark.parametrize(("action", "status"), [("warn", 409), ("block", 409), ("review", 302)])
def test_an_identifier_that_somebody_else_has_follows_the_policy(
    mei: Party, alice: User, carol: User, action: str, status: int
) -> None:
    DuplicatePolicy.objects.create(entry="correction", same=action, named=action, similar=action)
    known("C-9", name="Otto Kern", email="otto@example.org", owner=carol)
    client, given = logged_in(alice), {"kind": "email", "text": "otto@example.org"}

    answer = client.post(place("identifiers", mei.pk), given)

    assert answer.status_code == status
    assert Proposal.objects.count() == (1 if action == "review" else 0)
    if status == 409:
        assert "O*** K***" in answer.content.decode()
        anyway = client.post(place("identifiers", mei.pk), {**given, "anyway": "1"})
        assert anyway.status_code == (302 if action == "warn" else 409)


def test_a_corrected_phone_that_somebody_else_has_is_asked_back_for(mei: Party, alice: User, carol: User) -> None:
    known("C-9", name="Otto Kern", phone="+442079460077", owner=carol)
    client, given = logged_in(alice), {"text": "020 7946 0077", "seen": mei.phone}

    answer = client.post(place("field", mei.pk, "phone"), given)
    assert answer.status_code == 409
    assert "O*** K***" in answer.content.decode()
    assert Party.objects.get(pk=mei.pk).phone == mei.phone

    assert client.post(place("field", mei.pk, "phone"), {**given, "anyway": "1"}).status_code == 302
    assert Party.objects.get(pk=mei.pk).phone == "+442079460077"
    assert client.post(place("field", mei.pk, "phone"), {**given, "text": "+442079460077"}).status_code != 409


def test_a_relationship_begins_and_ends_on_the_page(mei: Party, alice: User) -> None:
    firm = known("F-1", name="Kern Ltd", kind="organisation", owner=alice)
    client = logged_in(alice)
    given = {"kind": "works_at", "other": "Kern Ltd", "title": "Buyer", "role": "decider", "since": "2026-01-05"}
    assert client.post(place("relationships", mei.pk), given).status_code == 302
    made = Relationship.objects.get()
    page = client.get(place("customer", mei.pk)).content.decode()
    assert "Kern Ltd" in page
    assert "Decider" in page
    client.post(place("relationship-end", firm.pk, made.pk), {"until": "2026-02-01"})
    made.refresh_from_db()
    assert str(made.until) == "2026-02-01"
    client.post(place("relationship-end", firm.pk, made.pk), {"until": "sometime"})
    assert "until" in client.get(place("customer", mei.pk)).content.decode()


def test_two_persons_found_a_household_whose_page_lists_them(mei: Party, alice: User) -> None:
    tom = known("C-2", name="Tom Jones", phone="+442079460018", owner=alice)
    client = logged_in(alice)
    client.post(place("relationships", mei.pk), {"kind": "household", "other": f"#{tom.pk}"})
    home = Party.objects.get(kind="household")
    page = client.get(place("customer", home.pk)).content.decode()
    assert "Members and relationships" in page
    assert "Mei Jones" in page
    assert "Tom Jones" in page
    assert f"shared: {home.name}" in client.get(place("customer", mei.pk)).content.decode()


def test_a_tie_to_a_customer_one_may_not_see_tells_no_name(mei: Party, alice: User, carol: User, sue: User) -> None:
    foreign = known("F-1", name="Kern Ltd", kind="organisation", owner=carol)
    logged_in(sue).post(place("relationships", mei.pk), {"kind": "works_at", "other": f"#{foreign.pk}"})
    page = logged_in(alice).get(place("customer", mei.pk)).content.decode()
    assert "Kern Ltd" not in page
    assert "K*** L**" in page
