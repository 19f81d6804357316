"""Identifiers typed in beside what the sources say, and vouched for by a person."""

import pytest

from guanxi.customer.actions import (
    add_identifier,
    correct_field,
    remove_identifier,
    verify_identifier,
    withdraw_correction,
    withdraw_verification,
)
from guanxi.customer.models import Identifier, Party
from guanxi.customer.search import matching
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import bring, known, row
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", email="mei@example.org", phone="+442079460018", owner=alice)


def values(party: Party, kind: str) -> set[str]:
    return set(Identifier.objects.filter(party=party, kind=kind).values_list("value", flat=True))


def test_a_second_phone_is_kept_beside_the_first_and_finds_the_customer(mei: Party, alice: User) -> None:
    add_identifier(party=mei, kind="phone", text="020 7946 0019", by=alice, at=NOW)

    assert values(mei, "phone") == {"+442079460018", "+442079460019"}
    assert list(matching(Party.objects.all(), "0019")) == [mei]
    assert Party.objects.get(pk=mei.pk).phone == "+442079460018"


def test_correcting_the_phone_leaves_the_second_one_alone(mei: Party, alice: User) -> None:
    add_identifier(party=mei, kind="phone", text="020 7946 0019", by=alice, at=NOW)
    correct_field(party=mei, field="phone", text="020 7946 0020", by=alice, at=NOW)
    assert "+442079460019" in values(mei, "phone")

    withdraw_correction(party=mei, field="phone", by=alice, at=NOW)
    assert values(mei, "phone") == {"+442079460018", "+442079460019"}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("phone", "call me"),
        ("email", "mei at home"),
        ("uscc", "91310000MA1FL4DX4X"),  # the last sign does not check the others
        ("card", "   "),
        ("nonsense", "1"),
        ("phone", "+44 20 7946 0018"),  # known already
    ],
)
def test_what_cannot_be_read_or_is_known_is_refused_in_a_sentence(
    mei: Party, alice: User, kind: str, text: str
) -> None:
    before = list(Identifier.objects.values())
    with pytest.raises(UserError):
        add_identifier(party=mei, kind=kind, text=text, by=alice, at=NOW)
    assert list(Identifier.objects.values()) == before


def test_a_social_credit_code_is_kept_in_its_one_spelling(mei: Party, alice: User) -> None:
    add_identifier(party=mei, kind="uscc", text=" 91350100m000100y43 ", by=alice, at=NOW)
    assert values(mei, "uscc") == {"91350100M000100Y43"}


def test_only_typed_identifiers_can_be_taken_away(mei: Party, alice: User) -> None:
    typed = add_identifier(party=mei, kind="card", text="6017 4420", by=alice, at=NOW)
    remove_identifier(identifier=typed, by=alice, at=NOW)
    assert values(mei, "card") == set()

    with pytest.raises(UserError, match="Till says so"):
        remove_identifier(identifier=Identifier.objects.get(party=mei, kind="email"), by=alice, at=NOW)


def test_a_corrected_field_is_not_taken_away_here(mei: Party, alice: User) -> None:
    correct_field(party=mei, field="phone", text="020 7946 0020", by=alice, at=NOW)
    with pytest.raises(UserError, match="Correct the field"):
        remove_identifier(identifier=Identifier.objects.get(value="+442079460020"), by=alice, at=NOW)


def test_verifying_says_who_when_and_how_and_survives_the_next_import(mei: Party, alice: User) -> None:
    verify_identifier(identifier=Identifier.objects.get(party=mei, kind="phone"), how="called back", by=alice, at=NOW)
    bring(row("C-1", name="Mei Jones", phone="+442079460018", city="Leeds", as_of=NOW))

    held = Identifier.objects.get(party=mei, kind="phone")
    assert (held.verified_by, held.verified_at, held.verified_how) == (alice, NOW, "called back")

    withdraw_verification(identifier=held, by=alice, at=NOW)
    held.refresh_from_db()
    assert (held.verified_by, held.verified_at, held.verified_how) == (None, None, "")
    assert mei.events.filter(kind="customer.identifier_verified").count() == 2


def test_verifying_needs_a_how(mei: Party, alice: User) -> None:
    with pytest.raises(UserError):
        verify_identifier(identifier=Identifier.objects.get(party=mei, kind="phone"), how=" ", by=alice, at=NOW)
    assert not Identifier.objects.exclude(verified_at=None).exists()
