"""One language for lists, views and segments: it selects, it reads as a sentence, and it refuses nonsense."""

from typing import Any

import pytest
from django.utils import translation

from guanxi.customer.actions import record_consent, tag
from guanxi.customer.filters import (
    BadCondition,
    as_json,
    as_text,
    customers_meeting,
    describe,
    fields_for,
    read_conditions,
    read_text,
)
from guanxi.customer.models import Computation, Party, Reading
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import DAY, SPRING, known

pytestmark = pytest.mark.django_db
NOW = SPRING + 100 * DAY


@pytest.fixture
def company_of_three(alice: User) -> None:
    mei = known("C-1", name="Mei Jones", city="Leeds", country="GB", owner=alice)
    otto = known("C-2", name="Otto Kern", city="Bonn", country="DE")
    known("C-3", name="Neu")
    known_at = Computation.objects.create(as_of=NOW, published_at=NOW)
    facts = {"computation": known_at, "cycle_days": 30.0, "cycle_high": 40.0}
    Reading.objects.create(
        party=mei,
        stage="stability",
        tier="vip",
        revenue_year=900,
        tags=["steady"],
        last_order_at=NOW - 10 * DAY,
        **facts,
    )
    Reading.objects.create(
        party=otto, stage="decline", tier="small", revenue_year=20, last_order_at=NOW - 50 * DAY, **facts
    )
    tag(parties=[mei.pk], name="wholesale", by=alice, at=NOW)
    record_consent(party=otto, purpose="offers", channel="mail", is_given=True, at=SPRING, by=None, proof="form")


def found(*conditions: list[Any]) -> set[str]:
    asked = read_conditions(list(conditions))
    return set(customers_meeting(asked, Party.objects.all(), NOW).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        (["stage", "in", ["decline", "lost"]], {"Otto Kern"}),
        (["stage", "not_in", ["decline"]], {"Mei Jones", "Neu"}),
        (["tier", "in", ["vip"]], {"Mei Jones"}),
        (["country", "in", ["DE"]], {"Otto Kern"}),
        (["city", "is", "leeds"], {"Mei Jones"}),
        (["owner", "in", ["none"]], {"Otto Kern", "Neu"}),
        (["tag", "in", ["wholesale"]], {"Mei Jones"}),
        (["tag", "not_in", ["wholesale"]], {"Otto Kern", "Neu"}),
        (["computed_tag", "in", ["steady"]], {"Mei Jones"}),
        (["computed_tag", "not_in", ["steady"]], {"Otto Kern", "Neu"}),
        (["revenue_year", "at_least", 100], {"Mei Jones"}),
        (["revenue_year", "at_most", "1,000"], {"Mei Jones", "Otto Kern"}),
        (["last_order", "within", 30], {"Mei Jones"}),
        (["last_order", "before", 30], {"Otto Kern"}),
        (["last_order", "never", None], {"Neu"}),
        (["cycle", "overdue", None], {"Otto Kern"}),
        (["consent", "in", ["offers/mail"]], {"Otto Kern"}),
        (["consent", "refused", ["offers/mail"]], set()),
        (["role", "in", ["customer"]], {"Mei Jones", "Otto Kern", "Neu"}),
        (["role", "not_in", ["customer"]], set()),
        (["kind", "in", ["person"]], {"Mei Jones", "Otto Kern", "Neu"}),
    ],
)
def test_a_condition_selects(company_of_three: None, condition: list[Any], names: set[str]) -> None:
    assert found(condition) == names


def test_conditions_are_all_met_at_once(company_of_three: None) -> None:
    assert found(["revenue_year", "at_least", 1], ["country", "in", ["GB"]]) == {"Mei Jones"}


def test_conditions_read_as_a_sentence() -> None:
    asked = read_conditions([["stage", "in", ["decline", "lost"]], ["expected_value", "at_least", 1000]])
    assert describe(asked) == "Customers in stage Decline or Lost, and with an expected value of at least 1,000"
    assert describe([]) == "All customers"


@pytest.mark.parametrize(
    "raw",
    [
        "stage",
        [["nonsense", "in", ["x"]]],
        [["stage", "equals", ["lost"]]],
        [["stage", "in", []]],
        [["orders", "at_least", "many"]],
        [["last_order", "within", "long"]],
        [["stage", "in"]],
        [None],
        [["stage", "in", ["a\0"]]],
        [["stage", ["in"], ["lost"]]],
        [["name", "is", "a\0"]],
        [["name", "is", "x" * 300]],
        [["owner", "in", ["alice"]]],
        [["owner", "in", ["²"]]],
        [["team", "not_in", ["9" * 30]]],
        [["orders", "at_least", "inf"]],
        [["orders", "at_least", "nan"]],
        [["orders", "at_least", 1e300]],
        [["last_order", "within", "inf"]],
        [["last_order", "before", 1e9]],
    ],
)
def test_nonsense_is_refused_with_a_sentence(raw: object) -> None:
    with pytest.raises(BadCondition) as refusal:
        read_conditions(raw)
    assert str(refusal.value).endswith(".")


def test_a_condition_survives_the_address_and_the_store() -> None:
    asked = read_conditions(
        [["stage", "in", ["decline", "lost"]], ["orders", "at_least", 2.5], ["cycle", "overdue", None]]
    )
    assert [read_text(as_text(each)) for each in asked] == asked
    assert read_conditions(as_json(asked)) == asked


def test_every_field_says_all_its_comparisons_in_both_languages(ada: User) -> None:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            for each in fields_for(ada):
                assert str(each.label)
                assert all(str(words) % {"value": "x"} for words in each.phrases.values())
                assert each.control(next(iter(each.phrases))) in {
                    "choices",
                    "number",
                    "days",
                    "date",
                    "text",
                    "nothing",
                }


def test_a_condition_in_an_address_keeps_every_digit() -> None:
    condition = read_conditions([["revenue_year", "at_least", 1234567.25]])[0]
    assert read_text(as_text(condition)).value == 1234567.25


def test_a_group_is_met_by_whoever_meets_one_of_it(company_of_three: None) -> None:
    lost_or_new = {"any": [["stage", "in", ["decline"]], ["last_order", "never", None]]}
    assert found(lost_or_new) == {"Otto Kern", "Neu"}
    assert found(lost_or_new, ["country", "in", ["DE"]]) == {"Otto Kern"}


@pytest.mark.parametrize(
    "condition",
    [
        ["stage", "in", ["decline"]],
        ["stage", "not_in", ["decline"]],
        ["revenue_year", "at_least", 100],
        ["last_order", "within", 20],
        ["tag", "in", ["wholesale"]],
        ["consent", "in", ["offers/mail"]],
        ["computed_tag", "in", ["steady"]],
        ["cycle", "overdue", None],
        ["city", "starts", "B"],
        ["owner", "in", ["none"]],
    ],
)
def test_not_finds_everybody_else_also_those_of_whom_nothing_is_known(
    company_of_three: None, condition: list[Any]
) -> None:
    everybody = {"Mei Jones", "Otto Kern", "Neu"}
    assert found({"not": condition}) == everybody - found(condition)


def test_groups_and_negations_survive_the_address_and_the_store() -> None:
    asked = read_conditions(
        [
            {"not": ["stage", "in", ["decline", "lost"]]},
            {"any": [["city", "is", "a:b;c|d!&%"], {"not": ["orders", "at_least", 2.5]}]},
        ]
    )
    assert [read_text(as_text(each)) for each in asked] == asked
    assert read_conditions(as_json(asked)) == asked


def test_groups_and_negations_are_read_as_a_sentence() -> None:
    asked = read_conditions(
        [
            {"not": ["stage", "in", ["lost"]]},
            {"any": [["city", "is", "York"], ["orders", "at_least", 3]]},
        ]
    )
    assert describe(asked) == "Customers not in stage Lost, and either in the city of York or with at least 3 orders"


@pytest.mark.parametrize(
    "raw", [[{"any": []}], [{"any": [["city", "is", "x"]] * 21}], [{"any": [{"any": []}]}], [{"no": []}], [{"not": 3}]]
)
def test_a_group_that_makes_no_sense_is_refused(raw: object) -> None:
    with pytest.raises(BadCondition):
        read_conditions(raw)
