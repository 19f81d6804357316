"""The matrices of loyalty as the last refresh has counted them: cells with customers, money and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise

from guanxi.customer.levels.standing import levels_of_tiers, standards
from guanxi.customer.models import ContactStandard, Level, Reading
from guanxi.insight.queries.freshness import facts_of
from guanxi.insight.queries.overview import TierRow, concentration
from guanxi.insight.scores.terms import Terms
from guanxi.insight.words import GROWTH_POLICIES, LOYALTY_POLICIES

Loyalty, Growth = Reading.Loyalty, Reading.Growth


@dataclass(frozen=True)
class Cell:
    """One cell: customers and money, their shares of all cells, the policy, and the condition that finds them."""

    name: str
    policy: str
    customers: int
    money: float
    of_customers: float
    of_money: float
    where: str


@dataclass(frozen=True)
class Moves:
    """Who stood where `days` ago and stands where now: a row for each segment of then."""

    days: int
    names: list[str]
    rows: list[tuple[str, list[int]]]
    stayed: float
    by_chance: float
    left: int
    came: int

    @property
    def customers(self) -> int:
        """How many had a segment at both dates."""
        return sum(sum(numbers) for _name, numbers in self.rows)

    @property
    def stays(self) -> dict[str, float | None]:
        """By the segment of then: the share that stands there still; None of an empty one."""
        return {
            name: numbers[place] / sum(numbers) if sum(numbers) else None
            for place, (name, numbers) in enumerate(self.rows)
        }


@dataclass(frozen=True)
class TierPolicy:
    """A value tier, the level of contact that the company gives it by rule, if any, and the share that stayed."""

    tier: TierRow
    level: str
    contact_days: int | None
    stayed: float | None


def loyalty_cells() -> dict[str, Cell]:
    """By loyalty type; empty while nobody has bought within the year."""
    return _cells("loyalty", Loyalty, LOYALTY_POLICIES)


@dataclass(frozen=True)
class Axes:
    """Where loyalty is cut: earned (money) is profit where the company's `margin` is known, else revenue; days."""

    earned: float
    days: float
    margin: float | None
    order_cost: float


def loyalty_axes() -> Axes:
    """As of the last refresh."""
    terms = Terms(**facts_of("terms"))
    earned, days = facts_of("scores")["loyalty"]["cuts"]
    return Axes(earned, days, terms.margin if terms.is_profit else None, terms.order_cost)


def growth_cells() -> dict[str, Cell]:
    """By growth cell; empty before there is a quarter of history to have been known in."""
    return _cells("growth", Growth, GROWTH_POLICIES)


def moves(kind: str, choices: type[TextChoices]) -> Moves | None:
    """Of `tier` or `loyalty`; None when nobody had a segment a quarter ago."""
    facts = facts_of("stability")
    found: dict[str, Any] | None = facts.get(kind)
    if not found:
        return None
    names = [str(choices(name).label) for name in found["names"]]
    rows = list(zip(names, found["moves"], strict=True))
    return Moves(facts["days"], names, rows, found["stayed"], found["by_chance"], found["left"], found["came"])


def tier_policies(stability: Moves | None) -> list[TierPolicy]:
    """The tiers, highest first, each with what the company has promised its customers."""
    rules = standards()
    levels, stays = levels_of_tiers(rules), stability.stays if stability else {}
    return [_policy(row, rules.get(levels.get(row.key, "")), stays.get(row.name)) for row in concentration()]


def _policy(tier: TierRow, standard: ContactStandard | None, stayed: float | None) -> TierPolicy:
    if standard is None:
        return TierPolicy(tier, "", None, stayed)
    return TierPolicy(tier, str(Level(standard.level).label), standard.contact_days, stayed)


def _cells(kind: str, choices: type[TextChoices], policies: Mapping[str, Promise]) -> dict[str, Cell]:
    found: dict[str, dict[str, Any]] = facts_of("scores").get(kind, {}).get("cells", {})
    customers = sum(each["customers"] for each in found.values())
    money = sum(max(each["money"], 0.0) for each in found.values())
    if not customers or not money:
        return {}
    return {
        name: Cell(
            str(choices(name).label),
            str(policies[name]),
            each["customers"],
            each["money"],
            each["customers"] / customers,
            max(each["money"], 0.0) / money,
            f"{kind}:in:{name}",
        )
        for name, each in found.items()
    }
