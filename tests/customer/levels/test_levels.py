"""How closely a relationship is kept, and whether the company keeps to what that means."""

from datetime import timedelta

import pytest

from guanxi.customer.actions import write_note
from guanxi.customer.filters import customers_meeting, read_conditions
from guanxi.customer.levels.actions import set_level, set_standard
from guanxi.customer.levels.asking import effective_level
from guanxi.customer.levels.standing import standing_of
from guanxi.customer.models import Computation, Level, Party, Reading
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import SPRING, known
from tests.world import NOW, logged_in

DAY = timedelta(days=1)


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", owner=alice)


@pytest.mark.parametrize(
    ("tier", "level"),
    [("vip", "partnership"), ("major", "proactive"), ("ordinary", "accountable"), ("small", "basic"), ("", "basic")],
)
def test_the_rule_goes_by_the_value_tier(tier: str, level: str, mei: Party) -> None:
    assert standing_of(mei, tier, NOW).level == level


def test_a_colleague_decides_otherwise_with_a_reason_and_leaves_it_to_the_rule_again(mei: Party, alice: User) -> None:
    with pytest.raises(UserError, match="why"):
        set_level(party=mei, level="partnership", reason="", by=alice, at=NOW)
    set_level(party=mei, level="partnership", reason="Opens three shops", by=alice, at=NOW)
    decided = standing_of(mei, "small", NOW)
    assert (decided.level, decided.entry and decided.entry.reason) == (Level.PARTNERSHIP, "Opens three shops")
    set_level(party=mei, level="", reason="Did not open", by=alice, at=NOW + DAY)
    assert standing_of(mei, "small", NOW).level == Level.BASIC


def test_the_standard_is_kept_while_somebody_is_in_touch(mei: Party, alice: User) -> None:
    write_note(party=mei, text="rang", by=alice, at=SPRING)
    mei.refresh_from_db()
    assert standing_of(mei, "vip", SPRING + 21 * DAY).is_kept
    late = standing_of(mei, "vip", SPRING + 21 * DAY + timedelta(seconds=1))
    assert not late.is_kept
    assert late.due_at == SPRING + 21 * DAY


def test_the_company_says_what_a_level_means(mei: Party, ada: User) -> None:
    set_standard(level=Level.BASIC, contact_days=365, tiers=["small", "ordinary"], by=ada, at=NOW)
    set_standard(level=Level.ACCOUNTABLE, contact_days=None, tiers=[], by=ada, at=NOW)
    standing = standing_of(mei, "ordinary", NOW)
    assert (standing.level, standing.contact_days) == (Level.BASIC, 365)


def test_levels_and_standards_in_the_browser(mei: Party, alice: User, ada: User) -> None:
    logged_in(alice).post(f"/customers/{mei.pk}/level/", {"level": "proactive", "reason": "Growing"})
    assert "Growing" in logged_in(alice).get(f"/customers/{mei.pk}/level/").content.decode()
    answer = logged_in(ada).post("/settings/standards/", {"proactive-contact_days": "30", "proactive-tiers": ["major"]})
    assert answer.status_code == 302
    assert standing_of(mei, "", NOW).contact_days == 30
    assert logged_in(alice).get("/settings/standards/").status_code == 404


def among(condition: str, comparison: str, levels: list[str] | None = None) -> set[str]:
    asked = read_conditions([[condition, comparison, levels]])
    return set(customers_meeting(asked, Party.objects.all(), NOW).values_list("name", flat=True))


def test_the_list_asks_for_levels_by_decision_and_by_rule_as_the_page_says_them(alice: User) -> None:
    """Four customers: by tier, decided, decided and given back to the rule, and one of whom nothing is computed."""
    people = {name: known(name, name=name, owner=alice) for name in ("Ruled", "Decided", "Returned", "Unread")}
    computation = Computation.objects.create(as_of=NOW, published_at=NOW)
    for name in ("Ruled", "Decided", "Returned"):
        Reading.objects.create(party=people[name], computation=computation, tier="vip")
    set_level(party=people["Decided"], level="partnership", reason="Once", by=alice, at=NOW - DAY)
    set_level(party=people["Decided"], level="reactive", reason="Wants to be left alone", by=alice, at=NOW)
    set_level(party=people["Returned"], level="basic", reason="Tried", by=alice, at=NOW - DAY)
    set_level(party=people["Returned"], level="", reason="Did not work", by=alice, at=NOW)

    assert among("level", "in", ["partnership"]) == {"Ruled", "Returned"}
    assert among("level", "in", ["reactive", "basic"]) == {"Decided", "Unread"}
    assert among("level", "not_in", ["partnership"]) == {"Decided", "Unread"}
    shown = {row.name: row.level for row in Party.objects.annotate(**effective_level())}
    for name, party in people.items():
        reading = getattr(Party.objects.get(pk=party.pk), "reading", None)
        assert shown[name] == standing_of(party, reading.tier if reading else "", NOW).level


def test_the_list_asks_for_contact_standards_that_are_not_kept(alice: User) -> None:
    at = NOW - 22 * DAY  # a partnership promises three weeks
    silent, spoken, basic = (known(name, name=name, owner=alice) for name in ("Silent", "Spoken", "Basic"))
    Party.objects.filter(pk__in=[silent.pk, spoken.pk, basic.pk]).update(created_at=at, touched_at=None)
    for party in (silent, spoken):
        set_level(party=party, level="partnership", reason="Opens three shops", by=alice, at=at)
    Party.objects.update(touched_at=None)
    write_note(party=spoken, text="rang", by=alice, at=NOW - DAY)

    assert among("contact", "missed") == {"Silent"}
    assert among("contact", "kept") == {"Spoken", "Basic"}


def test_the_level_is_a_column_of_the_list(mei: Party, alice: User) -> None:
    set_level(party=mei, level="proactive", reason="Growing", by=alice, at=NOW)
    page = logged_in(alice).get("/customers/", {"columns": "level"}).content.decode()
    assert "Proactive" in page
