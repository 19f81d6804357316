"""Of a customer whom the reader may not see, no page about another one tells the name."""

import pytest
from django.urls import reverse

from guanxi.customer.actions import begin_relationship, end_relationship, unite_household
from guanxi.customer.merging import merge_parties, split_off, undo_merge
from guanxi.customer.models import Party
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.customer.merging.test_splits import told_by_shop
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", phone="+442079460018", owner=alice)


@pytest.fixture
def hidden(carol: User) -> Party:
    return known("C-2", name="Quentin Unseen", phone="+442079460018", owner=carol)


def pages(reader: User, party: Party) -> str:
    places = ("customer", "timeline", "merges", "identifiers", "relationships")
    answers = [logged_in(reader).get(reverse(f"customer:{each}", args=[party.pk])) for each in places]
    assert {each.status_code for each in answers} == {200}
    return "".join(each.content.decode() for each in answers)


def test_a_merge_that_was_undone(mei: Party, hidden: Party, alice: User, sue: User) -> None:
    merge = merge_parties(absorbed=hidden, survivor=mei, by=sue, at=NOW)
    assert "Quentin Unseen" in pages(alice, mei)  # one and the same, for now
    undo_merge(merge=merge, by=sue, at=NOW)
    assert "Quentin Unseen" in pages(sue, mei)
    shown = pages(alice, mei)
    assert "Quentin Unseen" not in shown
    assert "another customer" in shown
    undoing = logged_in(alice).get(reverse("customer:undoing", args=[mei.pk, merge.pk]))
    assert undoing.status_code in {200, 404}
    assert "Quentin Unseen" not in undoing.content.decode()


def test_what_was_split_off(mei: Party, alice: User, carol: User, sue: User) -> None:
    split = split_off(record=told_by_shop(mei), by=sue, at=NOW)
    Party.objects.filter(pk=split.party_id).update(owner=carol, team=carol.team, name="Quentin Unseen")
    assert "Quentin Unseen" in pages(sue, mei)
    shown = pages(alice, mei)
    assert "Quentin Unseen" not in shown
    assert reverse("customer:customer", args=[split.party_id]) not in shown


def test_a_relationship_begun_and_ended(mei: Party, hidden: Party, alice: User, sue: User) -> None:
    bond = begin_relationship(party=mei, other=hidden, kind="referred_by", by=sue, at=NOW)
    end_relationship(relationship=bond, until=NOW.date(), by=sue, at=NOW)
    assert "Quentin Unseen" in pages(sue, mei)
    assert "Quentin Unseen" not in pages(alice, mei)
    Party.objects.filter(pk=hidden.pk).update(name="Quentin Renamed")
    assert "Quentin Unseen" not in pages(alice, mei)


def test_a_household(mei: Party, hidden: Party, alice: User, carol: User, sue: User) -> None:
    home = unite_household(members=[mei, hidden], by=sue, at=NOW).household
    Party.objects.filter(pk=home.pk).update(owner=carol, team=carol.team, name="Quentin Unseen, family")
    assert "shared: Quentin Unseen" in pages(sue, mei)
    shown = pages(alice, mei)
    assert "Quentin Unseen" not in shown
    assert "shared: another customer" in shown
