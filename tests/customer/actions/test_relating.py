"""Relationships typed in: begun, ended, never forgotten; and households."""

from datetime import date

import pytest

from guanxi.customer.actions import (
    begin_relationship,
    create_customer,
    end_relationship,
    part_household,
    unite_household,
    write_note,
)
from guanxi.customer.models import Party, Registration, Relationship
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known
from tests.world import NOW

pytestmark = pytest.mark.django_db
HOME = {"phone": "+442079460018", "street": "1 Mill Lane", "city": "Leeds", "country": "GB"}


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", owner=alice, **HOME)


@pytest.fixture
def tom() -> Party:
    return known("C-2", name="Tom Jones", **HOME)


@pytest.fixture
def firm() -> Party:
    return known("F-1", name="Kern Ltd", kind="organisation")


def test_a_relationship_has_a_title_a_role_and_days(mei: Party, firm: Party, alice: User) -> None:
    made = begin_relationship(
        party=mei, other=firm, kind="works_at", title="Head of purchasing", role="decider",
        since=date(2025, 1, 1), by=alice, at=NOW,
    )  # fmt: skip
    end_relationship(relationship=made, until=date(2026, 1, 31), by=alice, at=NOW)

    held = Relationship.objects.get(party=mei)
    assert (held.title, held.role, held.since, held.until) == (
        "Head of purchasing",
        "decider",
        date(2025, 1, 1),
        date(2026, 1, 31),
    )
    begin_relationship(party=mei, other=firm, kind="works_at", since=date(2026, 2, 1), by=alice, at=NOW)
    assert Relationship.objects.filter(party=mei, until=None).count() == 1


@pytest.mark.parametrize(
    "case",
    [
        ("works_at", "", "tom"),  # a person employs nobody
        ("household", "", "firm"),
        ("referred_by", "decider", "tom"),  # only where one works
        ("friend", "", "tom"),
        ("referred_by", "", "mei"),
    ],
)
def test_what_makes_no_sense_is_refused(
    mei: Party, tom: Party, firm: Party, alice: User, case: tuple[str, str, str]
) -> None:
    kind, role, to = case
    other = {"mei": mei, "tom": tom, "firm": firm}[to]
    with pytest.raises(UserError):
        begin_relationship(party=mei, other=other, kind=kind, role=role, by=alice, at=NOW)
    assert not Relationship.objects.exists()


def test_the_same_relationship_is_not_begun_twice_nor_ended_before_it_began(
    mei: Party, firm: Party, alice: User
) -> None:
    made = begin_relationship(party=mei, other=firm, kind="works_at", since=date(2026, 1, 1), by=alice, at=NOW)
    with pytest.raises(UserError):
        begin_relationship(party=mei, other=firm, kind="works_at", since=date(2026, 2, 1), by=alice, at=NOW)
    with pytest.raises(UserError):
        end_relationship(relationship=made, until=date(2025, 12, 31), by=alice, at=NOW)
    end_relationship(relationship=made, until=date(2026, 1, 2), by=alice, at=NOW)
    with pytest.raises(UserError):  # the same start again would be the same row
        begin_relationship(party=mei, other=firm, kind="works_at", since=date(2026, 1, 1), by=alice, at=NOW)


def test_a_household_has_what_its_members_share(mei: Party, tom: Party, alice: User) -> None:
    joined = unite_household(members=[mei, tom], by=alice, at=NOW)

    home = Party.objects.get(pk=joined.household.pk)
    assert (home.kind, home.phone, home.street, home.owner) == ("household", HOME["phone"], HOME["street"], alice)
    assert "Jones" in home.name
    assert {each.party for each in home.related_from.all()} == {mei, tom}


def test_a_third_member_joins_the_household_that_is_there(mei: Party, tom: Party, alice: User) -> None:
    first = unite_household(members=[mei, tom], by=alice, at=NOW)
    amy = known("C-3", name="Amy Jones")

    second = unite_household(members=[tom, amy], by=alice, at=NOW)

    assert (second.household, second.is_new) == (first.household, False)
    assert Party.objects.filter(kind="household").count() == 1
    with pytest.raises(UserError):
        unite_household(members=[mei, amy], by=alice, at=NOW)


def test_taking_a_household_back_leaves_nothing_of_it(mei: Party, tom: Party, alice: User) -> None:
    joined = unite_household(members=[mei, tom], by=alice, at=NOW)
    part_household(household=joined.household.pk, memberships=joined.memberships, is_new=True)

    assert not Relationship.objects.exists()
    assert not Party.ever.filter(kind="household").exists()


def test_a_household_on_which_somebody_worked_stays(mei: Party, tom: Party, alice: User) -> None:
    joined = unite_household(members=[mei, tom], by=alice, at=NOW)
    write_note(party=joined.household, text="Rings at noon.", by=alice, at=NOW)
    part_household(household=joined.household.pk, memberships=joined.memberships, is_new=True)

    assert not Relationship.objects.exists()
    assert joined.household.events.filter(kind="customer.note_written").exists()


def test_firms_live_in_no_household(mei: Party, firm: Party, alice: User) -> None:
    with pytest.raises(UserError):
        unite_household(members=[mei, firm], by=alice, at=NOW)
    assert not Party.objects.filter(kind="household").exists()


def test_who_types_a_customer_in_has_registered_it(alice: User) -> None:
    party = create_customer(fields={"name": "王晓梅"}, owner=alice, by=alice, at=NOW, note="second café")
    held = Registration.objects.get(party=party)
    assert (held.by, held.at, held.is_first, held.note) == (alice, NOW, True, "second café")
