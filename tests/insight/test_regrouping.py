"""Readings of customers who were merged or parted between two refreshes."""

import pytest

from guanxi.customer.merging import merge_parties, undo_merge
from guanxi.customer.models import Party, Reading
from guanxi.foundation.accounts.models import User
from guanxi.foundation.history import Store
from guanxi.insight.jobs import regroup_readings
from guanxi.insight.models import Need, Suggestion
from tests.insight.facts import TODAY, bring_lines, customers, every, refreshed
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)
SUMS = (
    "orders",
    "purchase_days",
    "revenue",
    "revenue_year",
    "returns_amount",
    "mean_order",
    "first_order_at",
    "last_order_at",
    "monthly",
)


def readings() -> dict[int, dict[str, object]]:
    return {row["party_id"]: row for row in Reading.objects.values()}


def sums(party: Party) -> dict[str, object]:
    return Reading.objects.values(*SUMS).get(pk=party.pk)


def test_sums_are_those_of_the_next_refresh_and_come_back_exactly(company: object, alice: User, history: Store) -> None:
    parties = customers(["acme", "bolt", "none"])
    bring_lines(
        history, *every(30, times=12), *every(30, times=6, start=30, customer="bolt", amount=70.0), ("bolt", 3, -20.0)
    )
    refreshed()
    before, suggested = readings(), list(Suggestion.objects.order_by("pk").values())
    needed = list(Need.objects.order_by("pk").values())
    assert {each["party_id"] for each in needed} == {parties["acme"].pk, parties["bolt"].pk}

    merge = merge_parties(absorbed=parties["bolt"], survivor=parties["acme"], by=alice, at=NOW)
    regroup_readings()

    at_once = sums(parties["acme"])
    assert at_once["orders"] == 18
    assert at_once["purchase_days"] == 12  # they bought on the same days
    assert not Reading.objects.filter(pk=parties["bolt"].pk).exists()
    assert not Suggestion.objects.filter(pk=parties["acme"].pk).exists()
    assert not Need.objects.exists()

    undo_merge(merge=merge, by=alice, at=NOW)
    regroup_readings()
    assert readings() == before
    assert list(Suggestion.objects.order_by("pk").values()) == suggested
    assert list(Need.objects.order_by("pk").values()) == needed

    merge_parties(absorbed=parties["bolt"], survivor=parties["acme"], by=alice, at=NOW)
    refreshed(at=TODAY.replace(minute=1))
    assert sums(parties["acme"]) == at_once


def test_who_never_bought_takes_over_what_the_absorbed_one_bought(company: object, alice: User, history: Store) -> None:
    parties = customers(["acme", "none"])
    bring_lines(history, *every(30, times=4))
    refreshed()

    merge_parties(absorbed=parties["acme"], survivor=parties["none"], by=alice, at=NOW)
    regroup_readings()

    assert sums(parties["none"])["orders"] == 4


def test_before_the_first_refresh_there_is_nothing_to_do(company: object, alice: User, history: Store) -> None:
    parties = customers(["acme", "bolt"])
    merge_parties(absorbed=parties["acme"], survivor=parties["bolt"], by=alice, at=NOW)
    regroup_readings()
    assert not Reading.objects.exists()
