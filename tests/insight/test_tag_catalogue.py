"""The catalogue of computed tags, from the facts to the page that says why."""

from datetime import datetime, timedelta

import pyarrow as pa
import pytest
from django.urls import reverse

from guanxi.customer.actions import log_call, record_consent
from guanxi.customer.models import Identifier, Party, Reading, TagSteward
from guanxi.foundation.accounts.models import User
from guanxi.foundation.history import Store
from guanxi.insight.queries.tags import computed_tag
from tests.insight.facts import TODAY, bring_lines, customers, refreshed
from tests.world import logged_in, person

pytestmark = pytest.mark.django_db(transaction=True)


def tags_of(party: Party) -> set[str]:
    return set(Reading.objects.get(party=party).tags)


def test_the_record_gives_tags_to_who_never_bought_and_says_why(history: Store, alice: User, carol: User) -> None:
    parties = customers(["buyer", "prospect"], owner=alice)
    prospect = parties["prospect"]
    Party.objects.update(created_at=TODAY - timedelta(days=200))
    for n in range(3):
        log_call(
            party=prospect,
            text="A call.",
            reached=True,
            incoming=False,
            minutes=1,
            by=alice,
            at=TODAY - timedelta(days=100 + n),
        )
    record_consent(
        party=prospect,
        purpose="offers",
        channel="mail",
        is_given=False,
        at=TODAY - timedelta(days=95),
        by=alice,
        proof="call",
    )
    Identifier.objects.create(
        source_record=prospect.source_records.get(source__key="till"),
        party=prospect,
        kind="email",
        value="p@example.org",
        raw="p@example.org",
    )
    bring_lines(history, ("buyer", 5, 10), ("buyer", 40, 10))
    run = refreshed()

    assert {"no_contact_quarter", "one_colleague", "offers_refused", "no_phone", "unverified_email"} <= tags_of(
        prospect
    )
    assert not {"never_asked", "never_contacted", "no_email", "without_owner", "unreachable"} & tags_of(prospect)
    assert {"never_contacted", "never_asked", "unreachable", "second_order"} <= tags_of(parties["buyer"])
    assert run.parties == 1
    reading = Reading.objects.get(party=prospect)
    assert (reading.orders, reading.revenue, reading.expected_value, reading.stage) == (0, 0, None, "")

    why = logged_in(alice).get(reverse("insight:tag", args=[prospect.pk, "one_colleague"])).content.decode()
    assert "Colleagues who had contact" in why
    assert "<dd>4</dd>" in why
    assert logged_in(carol).get(reverse("insight:tag", args=[prospect.pk, "one_colleague"])).status_code == 404
    assert (
        reverse("insight:tag", args=[prospect.pk, "no_phone"])
        in logged_in(alice).get(reverse("customer:customer", args=[prospect.pk])).content.decode()
    )


def test_the_catalogue_tells_number_share_unit_freshness_and_whom_to_ask(
    history: Store, alice: User, ada: User
) -> None:
    customers(["one", "two", "three", "four"], owner=alice)
    Identifier.objects.create(
        source_record=Party.objects.get(name="one").source_records.get(),
        party=Party.objects.get(name="one"),
        kind="phone",
        value="+441",
        raw="441",
    )
    refreshed()
    found = computed_tag("no_phone")
    assert found is not None
    assert (found.number, found.share) == (3, 0.75)

    client = logged_in(ada)
    assert client.post(reverse("insight:tag-steward", args=["no_phone"]), {"person": alice.pk}).status_code == 302
    page = client.get(reverse("insight:tag-page", args=["no_phone"])).content.decode()
    for each in ("No source names a phone number", "75.0%", "2 Mar 2026", "Alice Lin", "two"):
        assert each in page, each
    assert "75.0%" in client.get(reverse("insight:tags")).content.decode()


def test_the_sample_shows_only_customers_whom_the_reader_may_see(history: Store, alice: User, ann: User) -> None:
    customers(["hidden"], owner=alice)
    refreshed()
    page = reverse("insight:tag-page", args=["no_phone"])
    assert "hidden" in logged_in(ann).get(page).content.decode()  # an analyst sees everybody
    assert logged_in(alice).get(page).status_code == 404
    assert logged_in(ann).post(reverse("insight:tag-steward", args=["no_phone"]), {"person": ann.pk}).status_code == 404
    assert not TagSteward.objects.exists()
    assert logged_in(person("ada")).get(reverse("insight:tag-page", args=["no_such_tag"])).status_code == 404


def line(number: int, customer: str, at: datetime, *, price: float, pieces: float, sku: str) -> dict[str, object]:
    return {
        "source": "till", "external_id": customer, "line_key": number, "at": at, "order_id": f"o-{number}", "sku": sku,
        "description": "goods", "quantity": pieces, "unit_price": price, "amount": price * pieces, "currency": "GBP",
        "country": "GB", "kind": "sale",
    }  # fmt: skip


def test_what_and_how_customers_buy_gives_tags(history: Store, alice: User) -> None:
    parties = customers(["wide", "cheap", "third", "fourth"], owner=alice)
    rows = []
    for n in range(12):
        evening, morning = TODAY - timedelta(days=n, hours=-11), TODAY - timedelta(days=n)
        for customer, at, price, pieces, sku in (
            ("wide", evening, 10.0, 1.0, f"P{n}"),
            ("third", morning, 10.0, 1.0, "P1"),
            ("fourth", morning, 10.0, 1.0, "P1"),
            ("cheap", morning, 8.0, 6.0, "P1"),
        ):
            rows.append(line(len(rows), customer, at, price=price, pieces=pieces, sku=sku))
    history.append("order_lines", "b", pa.Table.from_pylist(rows))
    refreshed()
    assert {"one_article", "bargain", "bulk"} <= tags_of(parties["cheap"])
    assert {"evening", "wide_range"} <= tags_of(parties["wide"])
    assert not {"one_article", "bargain", "bulk"} & tags_of(parties["wide"])
    assert not {"evening", "bargain", "bulk", "wide_range"} & tags_of(parties["third"])
