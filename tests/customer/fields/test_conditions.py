"""Customers are asked for, sorted and listed by a company's own fields."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from guanxi.customer.actions import correct_field
from guanxi.customer.fields.defining import retire_field
from guanxi.customer.filters import BadCondition, customers_meeting, describe, fields_for, read_conditions
from guanxi.customer.models import CustomField, Party
from guanxi.foundation.accounts.models import User
from tests.customer.fields.defined import defined
from tests.customer.incoming import known
from tests.world import NOW, logged_in

Kind = CustomField.Kind


def given(name: str, field: CustomField, text: str, by: User) -> Party:
    party = Party.objects.filter(name=name).first() or known(name)
    return correct_field(party=party, field=field.name, text=text, by=by, at=NOW)


def met(*conditions: list[object], at: datetime = NOW) -> list[str]:
    found = customers_meeting(read_conditions(list(conditions)), Party.objects.all(), at)
    return sorted(found.values_list("name", flat=True))


def test_numbers_compare_as_numbers(ada: User) -> None:
    field = defined("Credit limit", Kind.NUMBER)
    for name, text in (("nine", "9"), ("ten", "10"), ("hundred", "100.5")):
        given(name, field, text, ada)
    known("nobody knows")

    assert met(["custom.credit_limit", "at_least", "10"]) == ["hundred", "ten"]
    assert met(["custom.credit_limit", "at_most", "10"]) == ["nine", "ten"]
    assert met(["custom.credit_limit", "unknown", None]) == ["nobody knows"]
    assert met(["custom.credit_limit", "known", None]) == ["hundred", "nine", "ten"]


def test_dates_compare_with_a_day_and_with_today(ada: User) -> None:
    field = defined("Contract end", Kind.DATE)
    for name, days in (("past", -40), ("lately", -3), ("soon", 5), ("later", 90)):
        given(name, field, (NOW + timedelta(days=days)).date().isoformat(), ada)

    assert met(["custom.contract_end", "from", "2026-03-07"]) == ["later", "soon"]
    assert met(["custom.contract_end", "until", "2026-03-07"]) == ["lately", "past", "soon"]
    assert met(["custom.contract_end.days", "coming", "30"]) == ["soon"]
    assert met(["custom.contract_end.days", "within", "30"]) == ["lately"]
    assert met(["custom.contract_end.days", "before", "30"]) == ["past"]


def test_texts_compare_without_regard_to_case(ada: User) -> None:
    field = defined("Route", Kind.TEXT)
    given("north", field, "North-East 7", ada)
    given("west", field, "West", ada)

    assert met(["custom.route", "starts", "north-e"]) == ["north"]
    assert met(["custom.route", "is", "WEST"]) == ["west"]
    assert met(["custom.route", "starts", "%"]) == []


def test_who_has_no_value_has_not_chosen_it(ada: User) -> None:
    colour = defined("Colour", Kind.CHOICE, choices=["Red", "Blue"])
    vat = defined("Exempt", Kind.YES_NO)
    given("red", colour, "red", ada)
    given("blue", colour, "Blue", ada)
    given("red", vat, "yes", ada)
    known("neither")

    assert met(["custom.colour", "in", ["Red"]]) == ["red"]
    assert met(["custom.colour", "not_in", ["Red"]]) == ["blue", "neither"]
    assert met(["custom.exempt", "in", ["yes"]]) == ["red"]
    assert met(["custom.exempt", "not_in", ["yes"]]) == ["blue", "neither"]


def test_a_relation_is_found_under_the_customer_into_whom_the_other_was_merged(ada: User) -> None:
    field = defined("Dealer", Kind.RELATION)
    absorbed, survivor = known("old dealer"), known("dealer")
    given("shop", field, str(absorbed.pk), ada)
    Party.ever.filter(pk=absorbed.pk).update(merged_into=survivor)

    assert met(["custom.dealer", "is", str(survivor.pk)]) == ["shop"]


def test_a_condition_reads_as_a_sentence_even_with_odd_signs_in_the_label(ada: User) -> None:
    defined("100% paid", Kind.NUMBER)
    said = describe(read_conditions([["custom.field_100_paid", "at_least", "5"]]))
    assert said == "Customers whose 100% paid is at least 5"


@pytest.mark.parametrize(
    ("kind", "condition"),
    [
        (Kind.NUMBER, ["custom.x", "at_least", "much"]),
        (Kind.DATE, ["custom.x", "from", "31/3/2026"]),
        (Kind.RELATION, ["custom.x", "is", "somebody"]),
        (Kind.TEXT, ["custom.x", "is", ""]),
        (Kind.TEXT, ["custom.nothing", "is", "x"]),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(kind: str, condition: list[object], ada: User) -> None:
    defined("X", kind)
    with pytest.raises(BadCondition):
        read_conditions([condition])


def test_retired_and_sensitive_fields_cannot_be_asked_for(ada: User) -> None:
    retired, secret = defined("Gone", Kind.TEXT), defined("Illness", Kind.TEXT, is_sensitive=True)
    assert {f"custom.{retired.key}"} == {each.key for each in fields_for(ada) if each.key.startswith("custom.")}
    retire_field(field=retired, by=ada, at=NOW)
    for field in (retired, secret):
        with pytest.raises(BadCondition):
            read_conditions([[f"custom.{field.key}", "is", "x"]])


def test_the_list_shows_sorts_and_pages_by_a_field(ada: User) -> None:
    field = defined("Credit limit", Kind.MONEY)
    for number in range(60):
        given(f"C-{number:02d}", field, str(number * 3 % 60 + number / 100), ada)
    for number in range(5):
        known(f"unknown-{number}")
    client, seen = logged_in(ada), []
    address = reverse("customer:customers") + "?columns=custom.credit_limit&sort=-custom.credit_limit"
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        seen += [
            row.split("</a>")[0].rpartition(">")[2] for row in answer.content.decode().split('<a class="name"')[1:]
        ]
        address = answer.context["next_url"]

    held = {p.name: p.custom.get("credit_limit") for p in Party.objects.all()}
    expected = sorted((n for n in held if held[n] is not None), key=lambda n: held[n], reverse=True)
    assert seen == [*expected, *sorted(n for n in held if held[n] is None)]
    assert (
        "£57.19"
        in client.get(
            reverse("customer:customers") + "?columns=custom.credit_limit&sort=-custom.credit_limit"
        ).content.decode()
    )
