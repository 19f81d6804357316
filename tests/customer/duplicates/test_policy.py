"""The company's policy on duplicates, and registrations that contest each other."""

from datetime import timedelta

import pytest
from django.urls import reverse

from guanxi.customer.actions import create_customer, register_again
from guanxi.customer.duplicates import policy_for
from guanxi.customer.duplicates.setting import threshold
from guanxi.customer.merging import merge_parties
from guanxi.customer.models import DuplicatePolicy, Party
from guanxi.customer.queries.registrations import conflicts
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def given(**changed: str) -> dict[str, str]:
    answers = {f"{entry}-{strength}": "warn" for entry in DuplicatePolicy.Entry for strength in STRENGTHS}
    return {**answers, **changed}


STRENGTHS = ("same", "named", "similar")


def test_without_a_row_the_default_holds_and_nothing_is_refused() -> None:
    for entry in DuplicatePolicy.Entry:
        assert "block" not in {policy_for(entry).action(strength) for strength in STRENGTHS}
    with pytest.raises(ValueError, match="telepathy"):
        policy_for("telepathy")


def test_the_administrator_sets_the_policy_and_the_trail_keeps_what_held_before(ada: User) -> None:
    before = policy_for("form")
    logged_in(ada).post(reverse("customer:duplicate-policy"), given(**{"form-same": "block"}))

    assert policy_for("form").action("same") == "block"
    entry = Entry.objects.get(verb="customer.duplicate_policy_set", subject="policy:form")
    assert (entry.by, entry.facts["before"]["same"], entry.facts["after"]["same"]) == (ada, before.same, "block")


def test_a_policy_that_is_saved_unchanged_leaves_no_trail(ada: User) -> None:
    client = logged_in(ada)
    client.post(reverse("customer:duplicate-policy"), given())
    number = Entry.objects.filter(verb="customer.duplicate_policy_set").count()
    client.post(reverse("customer:duplicate-policy"), given())
    assert Entry.objects.filter(verb="customer.duplicate_policy_set").count() == number


def test_a_correction_cannot_be_added_to_somebody_else(ada: User) -> None:
    answer = logged_in(ada).post(reverse("customer:duplicate-policy"), given(**{"correction-same": "attach"}))
    assert answer.status_code == 422
    assert not DuplicatePolicy.objects.exists()


@pytest.mark.parametrize(("typed", "held", "status"), [("99.5", 0.995, 302), ("", None, 302), ("42", None, 422)])
def test_the_threshold_of_automatic_merges_is_set_or_left_out(
    ada: User, typed: str, held: float | None, status: int
) -> None:
    assert logged_in(ada).post(reverse("customer:duplicate-policy"), given(percent=typed)).status_code == status
    assert threshold() == held
    assert Entry.objects.filter(verb="customer.merge_threshold_set").exists() is (held is not None)


def test_only_who_changes_settings_changes_the_policy(sue: User, alice: User) -> None:
    for colleague in (sue, alice):
        assert logged_in(colleague).post(reverse("customer:duplicate-policy"), given()).status_code == 404


def brought(name: str, by: User, at: object = NOW) -> Party:
    return create_customer(fields={"name": name}, owner=by, by=by, at=at)  # type: ignore[arg-type]


def test_two_colleagues_within_the_days_contest_a_customer(alice: User, bob: User, sue: User) -> None:
    party = brought("Otto Kern", alice)
    register_again(party=party, by=bob, at=NOW + 10 * DAY, became="refused")
    register_again(party=brought("Amy Low", alice), by=alice, at=NOW + DAY, became="attached")

    found, more = conflicts(sue, days=30, now=NOW + 20 * DAY, most=10)
    assert [(each.later.party, each.earlier.by, each.later.by) for each in found] == [(party, alice, bob)]
    assert more is None
    assert conflicts(sue, days=7, now=NOW + 20 * DAY, most=10) == ([], None)


def test_a_merge_brings_two_first_registrations_together(alice: User, carol: User, sue: User) -> None:
    one, other = brought("Otto Kern", alice), brought("O. Kern", carol, NOW + DAY)
    assert conflicts(sue, days=30, now=NOW + 2 * DAY, most=10)[0] == []
    merge_parties(absorbed=other, survivor=one, by=sue, at=NOW + 2 * DAY)
    assert [each.later.by for each in conflicts(sue, days=30, now=NOW + 2 * DAY, most=10)[0]] == [carol]


def test_the_pages_show_who_came_first_and_who_later(alice: User, bob: User, sue: User, carol: User) -> None:
    party = brought("Otto Kern", alice)
    register_again(party=party, by=bob, at=NOW + DAY, became="refused", note="hall 3")

    assert "Otto Kern" in logged_in(alice).get(reverse("customer:registrations")).content.decode()
    assert "Otto Kern" not in logged_in(carol).get(reverse("customer:registrations")).content.decode()
    place = reverse("customer:registered", args=[party.pk])
    page = logged_in(bob).get(place, headers={"HX-Request": "true"}).content.decode()
    assert page.index("Alice Lin") < page.index("Bob Chen") < page.index("hall 3")
    assert logged_in(carol).get(reverse("customer:registered", args=[party.pk])).status_code == 404


def test_contests_are_paged_without_a_gap(alice: User, bob: User, sue: User) -> None:
    for n in range(7):
        register_again(party=brought(f"Firm {n}", alice), by=bob, at=NOW + DAY, became="refused")
    seen, mark = [], None
    while True:
        found, mark = conflicts(sue, days=30, now=NOW + 2 * DAY, most=3, after=mark)
        seen += [each.later.party.name for each in found]
        if mark is None:
            break
    assert sorted(seen) == [f"Firm {n}" for n in range(7)]
