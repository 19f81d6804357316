"""What becomes of a row that means a customer known already is the company's policy."""

from dataclasses import replace

import pytest

from guanxi.customer.intake import Incoming, Outcome, Status, add_refuser, gate
from guanxi.customer.models import DuplicatePolicy, Identifier, Party, Proposal, SourceRecord
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import bring, row

pytestmark = pytest.mark.django_db

Action = DuplicatePolicy.Action
MEI = {"name": "Mei Jones", "email": "mei@example.org", "city": "Leeds"}


def policy(action: str, *, named: str = Action.WARN) -> None:
    DuplicatePolicy.objects.update_or_create(
        entry="import", defaults={"same": action, "named": named, "similar": Action.WARN}
    )


def brought() -> tuple[Outcome, Outcome]:
    """Mei from the till, then Mei from the shop."""
    return bring(row("C-1", **MEI))[0], bring(row("W-7", **MEI), source="shop")[0]


def test_blocked_rows_are_rejected_and_say_whom_they_mean() -> None:
    policy(Action.BLOCK)
    first, second = brought()
    assert second.status == Status.REJECTED
    assert f"customer {first.party}" in second.reason
    assert "e-mail" in second.reason
    assert SourceRecord.objects.count() == 1


def test_attached_rows_become_records_of_the_customer_known_already() -> None:
    policy(Action.ATTACH)
    first, second = brought()
    assert (second.status, second.party) == (Status.JOINED, first.party)
    assert set(SourceRecord.objects.values_list("home_id", "party_id")) == {(first.party, first.party)}
    assert Identifier.objects.filter(party=first.party, kind="number").count() == 2
    assert "w" in Party.objects.get().search


def test_reviewed_rows_stay_apart_with_a_question_that_says_why() -> None:
    policy(Action.REVIEW)
    first, second = brought()
    assert (second.status, second.is_proposed) == (Status.CREATED, True)
    proposal = Proposal.objects.get()
    assert (proposal.left_id, proposal.right_id) == (first.party, second.party)
    assert (proposal.origin, proposal.rule) == ("import", "same-email")
    assert {"field", "level", "left", "right", "weight"} <= proposal.explanation[0].keys()


def test_warned_rows_are_noted() -> None:
    policy(Action.WARN)
    first, second = brought()
    assert (second.status, second.possible_duplicates) == (Status.CREATED, (first.party,))
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("action", list(Action))
def test_two_rows_of_one_file_meet_as_well(action: str) -> None:
    policy(action)
    first, second = bring(row("C-1", **MEI), row("C-2", **MEI))
    assert first.status == Status.CREATED
    if action == Action.BLOCK:
        assert second.status == Status.REJECTED
        assert "C-1" in second.reason
    elif action == Action.ATTACH:
        assert (second.status, second.party) == (Status.JOINED, first.party)
    else:
        assert second.possible_duplicates == (first.party,)
        assert Proposal.objects.exists() == (action == Action.REVIEW)


def test_a_customer_of_the_source_is_updated_whatever_the_policy() -> None:
    policy(Action.BLOCK)
    bring(row("C-1", **MEI))
    policy(Action.WARN)
    bring(row("W-7", **MEI), source="shop")
    policy(Action.BLOCK)
    again = bring(row("W-7", name="Mei Brown", email="mei@example.org"), source="shop")[0]
    assert again.status == Status.UPDATED


def test_a_refused_row_is_nobody_whom_a_later_one_could_mean() -> None:
    policy(Action.BLOCK)
    first = bring(row("C-1", **MEI))[0]
    answers = bring(row("W-1", **MEI), row("W-2", **MEI), source="shop")
    assert [each.status for each in answers] == [Status.REJECTED, Status.REJECTED]
    assert f"customer {first.party}" in answers[1].reason


def test_a_name_that_a_hundred_customers_bear_says_nothing_with_a_city_alone() -> None:
    def met(*rows: Incoming, source: str) -> list[int]:
        """How many customers each row may mean, when it comes in a file."""
        others = (row(f"F-{n}", name=f"Filler{n} Filler") for n in range(20))
        return [len(each.possible_duplicates) for each in bring(*rows, *others, source=source)[: len(rows)]]

    policy(Action.WARN, named=Action.REVIEW)
    cities = ["Hull"] * 90 + ["Leeds"] * 9
    bring(*(row(f"C-{n}", name="Mei Jones", city=city, postcode=f"HU{n}") for n, city in enumerate(cities)))
    in_leeds = {"name": "Mei Jones", "city": "Leeds"}
    assert met(row("W-1", **in_leeds), source="shop") == [9]
    Proposal.objects.all().delete()
    assert met(row("X-1", **in_leeds), row("X-2", **in_leeds), source="book") == [0, 0]
    assert not Proposal.objects.exists()
    assert met(row("Y-1", name="Mei Jones", city="Leeds", postcode="HU7"), source="desk") == [1]


def test_refusers_keep_rows_out_before_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_refusers", [])
    add_refuser(lambda source, rows: ["Erased." if "mei" in each.fields.get("email", "") else "" for each in rows])
    answers = bring(row("C-1", **MEI), row("C-2", name="Otto Kern"))
    assert [(each.status, each.reason) for each in answers] == [(Status.REJECTED, "Erased."), (Status.CREATED, "")]


def test_a_row_that_joins_a_customer_whom_nobody_looks_after_gives_him_its_owner(alice: User, bob: User) -> None:
    policy(Action.ATTACH)
    first = bring(row("C-1", **MEI))[0]
    bring(replace(row("W-7", **MEI), owner=bob.pk), source="shop")
    bring(replace(row("B-1", **MEI), owner=alice.pk), source="book")
    assert Party.objects.get().pk == first.party
    assert Party.objects.get().owner == bob


def test_a_row_that_joins_one_of_its_own_file_gives_him_its_owner(bob: User) -> None:
    policy(Action.ATTACH)
    bring(row("C-1", **MEI), replace(row("C-2", **MEI), owner=bob.pk))
    assert Party.objects.get().owner == bob
