"""How closely a relationship is kept, and whether the company keeps to what that means."""

from datetime import timedelta

import pytest

from guanxi.customer.actions import write_note
from guanxi.customer.levels.actions import set_level, set_standard
from guanxi.customer.levels.standing import standing_of
from guanxi.customer.models import Level, Party
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
