"""How one relationship went so far, and where such relationships usually go from here."""

from dataclasses import dataclass
from typing import Any

from guanxi.analytical.shares import wilson
from guanxi.customer.models import Reading
from guanxi.insight.models import StageEntry, StrengthEntry
from guanxi.insight.queries.freshness import facts_of

Stage = Reading.Stage
FEWEST = 30  # customers; of fewer nothing is said
Z80 = 1.2816  # of the normal distribution, for an interval of 80 %
POINTS = 24


@dataclass(frozen=True)
class Expected:
    """Of `sample` customers who stood in a stage, the share who stood in `stage` after `days`, with an 80 % interval
    (Wilson 1927)."""

    stage: Stage
    share: float
    low: float
    high: float
    sample: int
    days: int


def expected_stages(stage: str) -> list[Expected]:
    """Where customers of this stage stood a quarter later, the likeliest first; empty when there are too few."""
    facts: dict[str, Any] = facts_of("course")
    moves: dict[str, int] = facts.get("moves", {}).get(stage, {})
    sample = sum(moves.values())
    if sample < FEWEST:
        return []
    found = [
        Expected(Stage(after), number / sample, *wilson(number / sample, sample, Z80), sample, facts["days"])
        for after, number in moves.items()
        if after
    ]
    return sorted(found, key=lambda each: -each.share)


def stage_entries(party: int) -> list[StageEntry]:
    """The stages so far, the present one first."""
    return list(StageEntry.objects.filter(party=party).order_by("-since", "-id"))


def strength_entries(party: int) -> list[StrengthEntry]:
    """The latest strengths, oldest first."""
    return list(StrengthEntry.objects.filter(party=party).order_by("-on")[:POINTS])[::-1]
