"""What becomes of a customer who is typed in though somebody knows him: each policy, and what each colleague is shown."""

import pytest
from django.test import Client
from django.urls import reverse

from guanxi.customer.models import DuplicatePolicy, Identifier, Party, Proposal, Registration
from guanxi.customer.search import relearn
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.world import logged_in

pytestmark = pytest.mark.django_db
TYPED = {"name": "Mei Jones", "email": "MEI@example.org", "city": "Leeds", "note": "second café"}


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", email="mei@example.org", phone="+442079460018", owner=alice)


def policy(action: str) -> None:
    DuplicatePolicy.objects.create(entry="form", same=action, named=action, similar=action)


def typed(colleague: User, **more: str) -> tuple[Client, int, str]:
    client = logged_in(colleague)
    answer = client.post(reverse("customer:new"), {**TYPED, **more})
    return client, answer.status_code, answer.content.decode()


def test_a_warning_stores_nothing_until_the_person_decides(mei: Party, bob: User) -> None:
    client, status, page = typed(bob)
    assert (status, Party.objects.count(), Registration.objects.count()) == (409, 1, 0)
    assert "Mei Jones" in page
    assert "the same (mei@example.org)" in page

    assert client.post(reverse("customer:new"), {**TYPED, "anyway": "1"}).status_code == 302
    assert Party.objects.count() == 2
    assert not Proposal.objects.exists()


def test_a_refusal_cannot_be_overridden_and_keeps_who_tried_and_when(mei: Party, bob: User) -> None:
    policy("block")
    _, status, page = typed(bob, anyway="1")

    assert (status, Party.objects.count()) == (409, 1)
    assert "Nothing was saved but that you brought it" in page
    held = Registration.objects.get(party=mei)
    assert (held.by, held.is_first, held.note) == (bob, False, "second café")
    assert mei.events.filter(kind="customer.registered_again").exists()


def test_who_may_change_the_known_customer_adds_to_it(mei: Party, alice: User) -> None:
    policy("attach")
    known_city = typed(alice)[1]

    held = Party.objects.get()
    assert (known_city, held.pk, held.city, held.name) == (302, mei.pk, "Leeds", "Mei Jones")
    added = held.source_records.get(source__key="registrations")
    assert (added.home, added.payload["city"]) == (mei, "Leeds")
    assert Identifier.objects.filter(party=mei, kind="email").count() == 2
    assert Registration.objects.get().is_first is False


def test_what_is_added_fills_what_nobody_says_and_overrides_nothing(mei: Party, alice: User) -> None:
    policy("attach")
    typed(alice, phone="020 7946 0099")
    assert Party.objects.get().phone == "+442079460018"
    assert Identifier.objects.filter(party=mei, value="+442079460099").exists()


def test_who_may_not_change_it_is_sent_to_review_and_the_owner_reads_it(mei: Party, bob: User) -> None:
    policy("attach")
    assert typed(bob)[1] == 302

    made = Party.objects.exclude(pk=mei.pk).get()
    asked = Proposal.objects.get()
    assert {asked.left, asked.right} == {mei, made}
    assert (asked.origin, asked.rule, asked.decision) == ("entry", "same-email", "")
    assert asked.left_record_id < asked.right_record_id
    assert {each.by for each in Registration.objects.filter(party=mei)} == {bob}
    assert "sent to review" in logged_in(bob).get(reverse("customer:timeline", args=[mei.pk])).content.decode()


def test_review_keeps_the_customer_and_proposes_the_pair(mei: Party, alice: User) -> None:
    policy("review")
    typed(alice)
    assert Party.objects.count() == 2
    line = next(each for each in Proposal.objects.get().explanation if each["field"] == "email")
    assert (line["left"], line["right"], line["level"]) == ("mei@example.org", "mei@example.org", "exact")


def test_the_older_record_stands_on_the_left_of_an_explanation(alice: User) -> None:
    policy("review")
    known("C-1", name="Mei Jones", city="Leeds", owner=alice)
    relearn()
    logged_in(alice).post(reverse("customer:new"), {"name": "Mei Jonas", "city": "Leeds"})
    line = next(each for each in Proposal.objects.get().explanation if each["field"] == "name")
    assert (line["left"], line["right"]) == ("Mei Jones", "Mei Jonas")


def test_a_stranger_is_told_whom_to_ask_and_nothing_else(mei: Party, carol: User) -> None:
    page = typed(carol)[2]
    assert "M** J****" in page
    assert "Alice Lin" in page
    for secret in ("Mei Jones</a>", "the same (mei@example.org)", "7946 0018", f"/customers/{mei.pk}/"):
        assert secret not in page


def test_the_form_asks_while_one_types_and_forgives_what_is_missing(mei: Party, alice: User, mallory: User) -> None:
    place = reverse("customer:alike")
    assert "Mei Jones" in logged_in(alice).post(place, {"email": "mei@example.org"}).content.decode()
    assert logged_in(alice).post(place, {"name": ""}).content.decode().strip() == ""
    assert logged_in(alice).post(place).status_code == 200
    assert logged_in(mallory).post(place, {"email": "mei@example.org"}).status_code == 404
    assert not Registration.objects.exists()


def test_a_pair_told_apart_is_not_proposed_again(mei: Party, alice: User) -> None:
    policy("review")
    typed(alice)
    Proposal.objects.update(decision="distinct")
    typed(alice)  # resembles both that are there now
    assert Proposal.objects.count() == 3
    other = Party.objects.order_by("pk")[1]
    assert Proposal.objects.filter(left=mei, right=other).count() == 1
