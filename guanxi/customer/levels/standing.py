"""The level of one customer, the contact that it promises, and whether the promise is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from guanxi.customer.models import ContactStandard, Level, LevelEntry, Party

# What a company starts with (Kotler's five levels by margin and number of customers), until it says otherwise.
STARTING = {
    Level.BASIC: (None, ["small"]),
    Level.REACTIVE: (None, []),
    Level.ACCOUNTABLE: (180, ["ordinary"]),
    Level.PROACTIVE: (60, ["major"]),
    Level.PARTNERSHIP: (21, ["vip"]),
}


@dataclass(frozen=True)
class Standing:
    """`entry` is the colleague's decision behind the level, None when the rule by tier says so.

    `due_at` is by when somebody should be in touch; None when the level promises nothing.
    """

    level: Level
    entry: LevelEntry | None
    contact_days: int | None
    due_at: datetime | None
    is_kept: bool


def standards() -> dict[str, ContactStandard]:
    """Level → its standard; the starting ones where the company has not set its own."""
    own = {each.level: each for each in ContactStandard.objects.all()}
    return {
        level: own.get(level) or ContactStandard(level=level, contact_days=days, tiers=tiers)
        for level, (days, tiers) in STARTING.items()
    }


def levels_of_tiers(rules: dict[str, ContactStandard]) -> dict[str, str]:
    """Value tier → the level its customers have by rule; the looser one where two rules name a tier."""
    return {tier: level for level, each in reversed(rules.items()) for tier in each.tiers}


def standing_of(party: Party, tier: str, at: datetime) -> Standing:
    """The level that a colleague gave last, else the one of the value tier. Two queries."""
    entry = LevelEntry.objects.filter(party=party).select_related("by").order_by("-at", "-id").first()
    rules = standards()
    by_rule = levels_of_tiers(rules).get(tier, Level.BASIC)
    decided = entry if entry is not None and entry.level else None
    level = Level(decided.level if decided else by_rule)
    days = rules[level].contact_days
    due_at = (party.touched_at or party.created_at) + timedelta(days=days) if days else None
    return Standing(level, decided, days, due_at, due_at is None or due_at >= at)
