"""Whom a row at the door may mean: strong identifiers, names with something beside them, resemblances."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guanxi.customer.matching import Candidate, Likeness, Rule, Strength, alike, read_candidate
from guanxi.customer.search import relearn
from tests.customer.incoming import bring, known, row

pytestmark = pytest.mark.django_db


def asked(**typed: str) -> list[Likeness]:
    return alike([read_candidate(typed, country="CN")])[0]


def best(**typed: str) -> tuple[int, Rule, Strength]:
    found = asked(**typed)[0]
    return found.party, found.rule, found.strength


def test_the_same_address_in_another_spelling_is_the_same_customer(company: object) -> None:
    mei = known("1", name="王晓梅", email="mei@shanlan.example", phone="+8613823104471")
    assert best(name="王晓梅", email="Mei@Shanlan.example ") == (mei.pk, Rule.SAME_EMAIL, Strength.SAME)
    assert best(name="Xiaomei Wang", phone="138 2310 4471") == (mei.pk, Rule.SAME_PHONE, Strength.SAME)
    assert best(phone="１３８２３１０４４７１") == (mei.pk, Rule.SAME_PHONE, Strength.SAME)


def test_a_shared_phone_under_another_name_proves_nothing(company: object) -> None:
    known("1", name="王晓梅", phone="+8613823104471")
    found = asked(name="李建国", phone="13823104471")[0]
    assert (found.rule, found.strength) == (Rule.SHARED, Strength.SIMILAR)
    assert found.probability < 0.05


def test_the_same_name_counts_with_something_beside_it(company: object) -> None:
    mei = known("1", name="王晓梅", company="杭州博远盛展览有限公司", city="杭州")
    assert best(name="王晓梅", company="杭州博远盛展览有限公司") == (mei.pk, Rule.SAME_NAME, Strength.NAMED)
    assert best(name="王晓梅", city="上海")[2] == Strength.SIMILAR


def test_names_that_resemble_are_found_for_a_few(company: object) -> None:
    mei = known("1", name="王晓梅")
    bob = known("2", name="Robert Hartley")
    relearn()
    assert best(name="王小梅")[:2] == (mei.pk, Rule.SIMILAR_NAME)
    assert best(name="Robert Hartly")[:2] == best(name="Bob Hartley")[:2] == (bob.pk, Rule.SIMILAR_NAME)
    assert not asked(name="李建国")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Jean-Luc Moreau", "Jeanluc Moreau"),
        ("May88 Wong", "May88 Wong"),
        ("Wang Xiaomei", "王晓梅"),
        ("王晓梅", "Xiaomei Wang"),
        ("Hartley, Robert", "Robert Hartly"),
        ("Robert Hartley", "Hartley Robert"),
        ("Jane Hartley", "J. Hartley"),
        ("Bob Hartley", "Robert Hartley"),
        ("Jacqueline Moreau", "Jackie Moreau"),
        ("Bob Hart", "Bo Hart"),
    ],
)
def test_another_spelling_is_found_without_anything_beside_it(company: object, name: str, typed: str) -> None:
    party = known("1", name=name)
    relearn()
    assert [each.party for each in asked(name=typed)] == [party.pk]


def test_nobody_hides_behind_those_who_are_called_a_little_alike(company: object) -> None:
    """Of three hundred whose family and given names begin the same, those who are meant come first."""
    ends = ("bury", "worth", "ton", "ford", "land", "croft", "field", "mere", "wick", "dale")
    given = [f"Phil{middle}{end}" for middle in "abdegiklmnoprstuvwxy" for end in ("a", "ine", "ander")]
    bring(*(row(f"c{number}", name=f"{given[number % 60]} Ash{ends[number % 10]}") for number in range(300)))
    meant, said = known("1", name="Philomena Ashcombe"), known("2", name="李伟")
    bring(*(row(f"w{number}", name=f"Li Wei{end}") for number, end in enumerate("nrxyz" * 60)))
    relearn()
    assert asked(name="Philomena Ashcombe")[0].party == asked(name="Philomena Ashcomb")[0].party == meant.pk
    assert asked(name="Wei Li")[0].party == said.pk


def test_persons_never_resemble_organisations_but_may_share_an_address(company: object) -> None:
    hartley = known("1", name="Hartley Ltd", kind="organisation", email="info@hartley.example")
    assert not asked(name="Hartley Ltd", kind="person")
    shared = (hartley.pk, Rule.SHARED, Strength.SIMILAR)
    assert best(name="Ann Hartley", kind="person", email="info@hartley.example") == shared


def test_a_firm_whose_name_does_not_say_so_is_asked_about_as_well(company: object) -> None:
    shop = known("1", name="Harbour & Kendal Craft Supplies", kind="organisation", phone="+441164960598", city="Leeds")
    name = "Harbour & Kendal Craft Supplies"
    assert best(name=name, phone="+441164960598") == (shop.pk, Rule.SAME_PHONE, Strength.SAME)
    assert best(name=name, city="Leeds") == (shop.pk, Rule.SAME_NAME, Strength.NAMED)


def test_nobody_resembles_himself(company: object) -> None:
    mei = known("1", name="王晓梅", email="mei@shanlan.example")
    me = read_candidate({"name": "王晓梅", "email": "mei@shanlan.example"}, country="CN", party=mei.pk)
    assert alike([me]) == [[]]


def test_an_address_of_a_whole_firm_tells_nothing(company: object) -> None:
    for number in range(21):
        known(str(number), name=f"Clerk {number}", email="office@firm.example")
    assert not asked(email="office@firm.example")


def test_the_explanation_names_what_agrees_and_what_does_not(company: object) -> None:
    known("1", name="王晓梅", email="mei@shanlan.example", city="杭州")
    lines = {
        line["field"]: line for line in asked(name="王小梅", email="mei@shanlan.example", city="上海")[0].explanation
    }
    assert lines["name"]["level"] == "same pinyin"
    assert (lines["name"]["left"], lines["name"]["right"]) == ("王小梅", "王晓梅")
    assert lines["email"]["level"] == "exact"
    assert lines["city"]["level"] == "different"
    assert lines["city"]["weight"] < 0 < lines["email"]["weight"]


def test_a_file_is_answered_in_as_many_queries_as_a_row(company: object) -> None:
    for number in range(30):
        known(str(number), name=f"Customer {number}", email=f"c{number}@x.example", city="Hull")
    rows = [
        Candidate(
            fields={"name": f"Customer {n}", "city": "Hull"},
            sort_key=f"customer {n}",
            identifiers=frozenset({("email", f"c{n}@x.example")}),
        )
        for n in range(30)
    ]
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        answers = alike(rows)
    assert len(asked_for) == 3
    assert [len(each) for each in answers] == [1] * 30
