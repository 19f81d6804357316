"""Today: which customers to turn to first, and why."""

from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from guanxi.customer.access import visible_parties
from guanxi.foundation.accounts.models import User
from guanxi.insight.candidates import Candidate, candidate
from guanxi.insight.models import Answer, Suggestion
from guanxi.insight.queries.freshness import facts_of

SHOWN = 12
IN_PEACE = 5


@dataclass(frozen=True)
class Line:
    """A suggestion with the words of its candidate."""

    suggestion: Suggestion
    candidate: Candidate
    title: str
    why: str
    span: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Stake:
    """Revenue at stake in several suggestions together, with an 80 % interval that takes them as independent."""

    worth: float
    low: float
    high: float


@dataclass(frozen=True)
class Month:
    """Net sales of the month so far, and of the same days a year ago (None when the history does not reach back)."""

    month: date
    net: float
    last_year: float | None

    @property
    def change(self) -> float | None:
        return self.net / self.last_year - 1 if self.last_year else None


def open_suggestions(user: User, at: datetime) -> QuerySet[Suggestion]:
    """Suggestions for the customers this colleague looks after, most at stake first; answered ones rest."""
    resting = Answer.objects.filter(party=OuterRef("party"), action=OuterRef("action"), rests_until__gt=at)
    mine = Suggestion.objects.filter(party__in=visible_parties(user, "today.read"))
    return mine.filter(~Exists(resting)).order_by("-worth", "party")


def ranked(user: User, at: datetime, most: int = SHOWN) -> list[Line]:
    """The first suggestions to act on."""
    rows = open_suggestions(user, at).exclude(action="silence").filter(worth__gt=0)
    found = list(rows.select_related("party", "party__owner", "party__reading")[:most])
    return lines(found)


def in_peace(user: User, at: datetime) -> list[Line]:
    """Customers to whom it is better to say nothing this week."""
    rows = open_suggestions(user, at).filter(action="silence")
    return lines(list(rows.select_related("party", "party__owner", "party__reading")[:IN_PEACE]))


def lines(found: list[Suggestion]) -> list[Line]:
    """With their words, on one common axis; an action whose app is gone is left out."""
    highest = max((each.worth_high for each in found), default=0.0)
    known = ((each, candidate(each.action)) for each in found)
    return [
        Line(each, how, how.title(each.reasons), how.reason(each.reasons), (0.0, highest)) for each, how in known if how
    ]


def together(found: list[Line]) -> Stake:
    """All lines in one figure."""
    each = [line.suggestion for line in found]
    worth = sum(one.worth for one in each)
    down = sqrt(sum((one.worth - one.worth_low) ** 2 for one in each))
    up = sqrt(sum((one.worth_high - one.worth) ** 2 for one in each))
    return Stake(worth, worth - down, worth + up)


def this_month() -> Month | None:
    """From the last refresh; None before the first."""
    rows: list[dict[str, Any]] = facts_of("months").get("months", [])
    if not rows:
        return None
    year, month = (int(part) for part in rows[-1]["month"].split("-"))
    before = next((row["to_date"] for row in rows if row["month"] == f"{year - 1}-{month:02d}"), None)
    return Month(date(year, month, 1), rows[-1]["net"], before)
