"""What to do about it: importance and performance, delivered value, and what loyal customers do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from numpy.typing import ArrayLike
from scipy.stats import t as student

from guanxi.analytical.arrays import column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.satisfaction.measures import LEVEL, Measure, csat
from guanxi.analytical.satisfaction.ratings import Ratings


class Quadrant(StrEnum):
    """What importance and performance ask for (Martilla & James 1977, Journal of Marketing 41(1), 77-79)."""

    CONCENTRATE_HERE = "concentrate_here"
    KEEP_UP = "keep_up"
    LOW_PRIORITY = "low_priority"
    POSSIBLE_OVERKILL = "possible_overkill"


@dataclass(frozen=True, slots=True)
class Placed:
    """An attribute on the map. gap: performance minus importance, when both are asked on one scale."""

    name: str
    importance: float
    performance: float
    quadrant: Quadrant

    @property
    def gap(self) -> float:
        """Below 0 it matters more than it is done."""
        return self.performance - self.importance


@dataclass(frozen=True, slots=True)
class PriorityMap:
    """Attributes in quadrants, the most urgent first, with the two cuts that part them."""

    attributes: tuple[Placed, ...]
    importance_cut: float
    performance_cut: float


def importance_performance(
    names: Sequence[str],
    importance: ArrayLike,
    performance: ArrayLike,
    *,
    cuts: tuple[float, float] | None = None,
) -> PriorityMap:
    """Place attributes by their mean importance and mean performance, one figure an attribute each.

    cuts: importance and performance that part high from low; by default the means over the attributes, so that there
    is always something to concentrate on. AnalysisError when the lengths differ, NotEnoughDataError without attributes.
    """
    matters, done = column(importance, "importance"), column(performance, "performance")
    if not len(matters):
        raise NotEnoughDataError("There is no attribute to place.")
    if len(names) != len(matters):
        raise AnalysisError(f"{len(names)} names for {len(matters)} attributes.")
    same_length(importance=matters, performance=done)
    across, up = cuts or (float(matters.mean()), float(done.mean()))
    column([across, up], "cuts")
    placed = [
        Placed(name, float(i), float(p), _quadrant(i >= across, p >= up))
        for name, i, p in zip(names, matters, done, strict=True)
    ]
    order = list(Quadrant)
    return PriorityMap(tuple(sorted(placed, key=lambda one: (order.index(one.quadrant), one.gap))), across, up)


def _quadrant(matters: bool, done: bool) -> Quadrant:
    if matters:
        return Quadrant.KEEP_UP if done else Quadrant.CONCENTRATE_HERE
    return Quadrant.POSSIBLE_OVERKILL if done else Quadrant.LOW_PRIORITY


@dataclass(frozen=True, slots=True)
class DeliveredValue:
    """Benefits minus costs of one offer to one group, and what each adds (costs with a minus)."""

    benefits: float
    costs: float
    parts: dict[str, float]

    @property
    def value(self) -> float:
        """What is left for the customer; compare it with that of the rival's offer."""
        return self.benefits - self.costs


def delivered_value(
    benefits: Mapping[str, float], costs: Mapping[str, float], weights: Mapping[str, float] | None = None
) -> DeliveredValue:
    """Customer delivered value (Kotler): product, services, personnel, image − money, time, energy, psyche.

    Figures in one unit (money or points), costs as positive numbers; weights by name (1 where none is given).
    AnalysisError for a cost or weight below 0, or one name on both sides.
    """
    weigh = weights or {}
    column(list(costs.values()), "costs", lowest=0)
    column(list(benefits.values()), "benefits")
    column(list(weigh.values()), "weights", lowest=0)
    if both := benefits.keys() & costs.keys():
        raise AnalysisError(f"Both a benefit and a cost: {', '.join(sorted(both))}.")
    gained = {name: weigh.get(name, 1.0) * amount for name, amount in benefits.items()}
    given = {name: -weigh.get(name, 1.0) * amount for name, amount in costs.items()}
    return DeliveredValue(sum(gained.values()), -sum(given.values()), gained | given)


def share_of_wallet(own: ArrayLike, everywhere: ArrayLike, *, level: float = LEVEL) -> Measure:
    """Spending with us over spending in the category, Σ own / Σ everywhere over customers, by the delta method.

    AnalysisError when somebody spends more with us than everywhere, NotEnoughDataError below two customers.
    """
    ours, theirs = column(own, "own", lowest=0), column(everywhere, "everywhere", lowest=0)
    same_length(own=ours, everywhere=theirs)
    if (ours > theirs).any():
        raise AnalysisError("Somebody spends more with us than everywhere together.")
    if len(ours) < 2:
        raise NotEnoughDataError("A share of wallet with an interval needs two customers.")
    if not theirs.sum() or not 0 < level < 1:
        raise AnalysisError("A share of wallet needs spending, and a level between 0 and 1.")
    n, share = len(ours), float(ours.sum() / theirs.sum())
    error = float(((ours - share * theirs) / theirs.mean()).std(ddof=1)) / sqrt(n)
    reach = float(student.ppf(0.5 + level / 2, n - 1)) * error
    return Measure(share, max(share - reach, 0.0), min(share + reach, 1.0), error, n, float(n), level)


def repurchase_rate(days: ArrayLike, *, level: float = LEVEL) -> Measure:
    """Share of customers with a second purchase day, from `days` of `purchase_statistics`, with Wilson's interval."""
    return csat(
        Ratings.of(column(days, "days", lowest=1), lowest=1, highest=float("inf")), satisfied_from=2, level=level
    )


def advocacy(referrals: ArrayLike, *, level: float = LEVEL) -> Measure:
    """Share of customers who brought somebody: what promoters do, beside what they say they would."""
    brought = Ratings.of(column(referrals, "referrals", lowest=0), lowest=0, highest=float("inf"))
    return csat(brought, satisfied_from=1, level=level)
