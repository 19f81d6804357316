"""A customer typed in: all of it is stored in one go, and it is what a fresh look at the record would make of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guanxi.customer.actions import create_customer
from guanxi.customer.intake import recompute
from guanxi.customer.models import Identifier, Party, Registration, Territory, TerritoryRule
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import known
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "王小明", "email": "Wang@Example.org", "phone": "+86 138 0013 8000", "city": "上海", "country": "China",
}  # fmt: skip


def typed(fields: dict[str, str], by: User) -> Party:
    client = logged_in(by)
    assert client.post(reverse("customer:new"), {**fields, "note": "tea house", "anyway": "1"}).status_code == 302
    return Party.objects.latest("pk")


def test_what_is_stored_is_what_the_record_would_make_of_it_again(alice: User) -> None:
    made = typed(TYPED, alice)
    before = Party.objects.filter(pk=made.pk).values().get()

    recompute([made.pk])

    assert Party.objects.filter(pk=made.pk).values().get() == before
    assert (made.name, made.latin_name, made.email, made.country) == (
        "王小明", "Wang Xiaoming", "wang@example.org", "CN",
    )  # fmt: skip


def test_everything_about_the_customer_hangs_on_the_one_typed_record(alice: User) -> None:
    made = typed(TYPED, alice)
    own = made.source_records.get()
    assert (own.external_id, own.home, own.source.key) == (str(made.pk), made, "guanxi")
    assert {each.value for each in Identifier.objects.filter(source_record=own, party=made)} == {
        "wang@example.org", "+8613800138000",
    }  # fmt: skip
    assert made.partyroles.get().source_record == own
    assert made.events.get().kind == "customer.created"
    kept = Registration.objects.get(party=made)
    assert (kept.by, kept.is_first, kept.note, kept.source_record) == (alice, True, "tea house", own)
    assert (made.owner, made.team) == (alice, alice.team)


def test_the_new_customer_falls_into_its_territory_at_once(alice: User) -> None:
    east = Territory.objects.create(name="East")
    TerritoryRule.objects.create(territory=east, place="上海")
    made = create_customer(fields=TYPED, owner=alice, by=alice, at=NOW)
    assert made.territory == east
    assert Party.objects.get(pk=made.pk).territory == east


def test_typing_in_asks_the_database_fifteen_times_whoever_is_known_already(sue: User) -> None:
    fields = {"name": "Martha Field", "email": "martha@example.org", "city": "Leeds", "anyway": "1"}
    for number in range(8):
        known(str(number), name=f"Martha Fields{number}", city="Leeds")
    client = logged_in(sue)
    client.post(reverse("customer:new"), {"name": "Somebody Else"})  # what the process keeps is kept now

    with CaptureQueriesContext(connection) as asked:
        assert client.post(reverse("customer:new"), fields).status_code == 302

    statements = [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]
    assert len(statements) <= 15, "\n".join(statements)
