"""How many people a line needs: for one interval, and for the intervals of a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, inf

import numpy as np

from guanxi.analytical.arrays import column, positive, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.staffing.queues import MOST_AGENTS, Queue, impatient_queue

WHOLE = 1e-9  # below this a fraction of a person is a rounding error


@dataclass(frozen=True, slots=True)
class Target:
    """What is promised: a share `answered` within the time `within`, and agents busy at most `occupancy` of their time.

    shrinkage: share of paid time in which somebody is not at the line (leave, training, breaks). patience: mean time
    after which callers hang up; endless by default, which asks for more people than needed where callers do hang up.
    """

    within: float
    answered: float = 0.8
    occupancy: float = 0.85
    shrinkage: float = 0.3
    patience: float = inf

    def __post_init__(self) -> None:
        if not (0 < self.answered < 1 and 0 < self.occupancy <= 1 and 0 <= self.shrinkage < 1):
            raise AnalysisError("answered lies between 0 and 1, occupancy in (0, 1], shrinkage in [0, 1).")


@dataclass(frozen=True, slots=True)
class Staffing:
    """agents: at the line at once. positions: to be paid for, so that so many are there. queue: what callers meet.

    rule_of_thumb: agents by workload / occupancy, the baseline, which knows no waiting; rule_queue: what callers would
    meet then.
    """

    agents: int
    positions: int
    queue: Queue
    rule_of_thumb: int
    rule_queue: Queue


@dataclass(frozen=True, slots=True)
class Prepared:
    """Staffing for an interval of which only scenarios are known.

    answered_within: share of all contacts of all scenarios answered in time. kept: share of scenarios in which the
    promise is kept. for_mean: agents that the mean of the scenarios would ask for.
    """

    agents: int
    positions: int
    answered_within: float
    kept: float
    for_mean: int


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One Staffing an interval (None where nothing arrives), and what they amount to.

    peak: the most positions at once. paid: positions times intervals. answered_within: share of all contacts of the day
    that are answered in time.
    """

    intervals: tuple[Staffing | None, ...]
    peak: int
    paid: int
    answered_within: float


def rule_of_thumb(load: float, occupancy: float = 0.85) -> int:
    """Agents so that the work fills `occupancy` of their time. It asks too few of small lines, too many of large."""
    return max(_ceil(positive(load, "load") / positive(occupancy, "occupancy")), 1)


def staff(contacts: float, interval: float, handling: float, target: Target) -> Staffing:
    """The fewest agents who keep the target when `contacts` arrive in an interval; all times in one unit.

    AnalysisError for contacts, interval or handling that are not above 0, or when a million agents are too few.
    """
    rate = positive(contacts, "contacts") / positive(interval, "interval")
    rule = rule_of_thumb(rate * positive(handling, "handling"), target.occupancy)

    def queue(agents: int) -> Queue:
        return impatient_queue(agents, rate, handling, patience=target.patience, within=target.within)

    def is_kept(agents: int) -> bool:
        line = queue(agents)
        return line.answered_within >= target.answered and line.occupancy <= target.occupancy

    agents = _fewest(is_kept, rule)
    return Staffing(agents, positions(agents, target.shrinkage), queue(agents), rule, queue(rule))


def staff_scenarios(contacts: Sequence[float], interval: float, handling: float, target: Target) -> Prepared:
    """The fewest agents who keep the target over all `contacts` together, each a number that may arrive.

    Days are livelier than chance: who staffs for their mean breaks the promise on many of them. Scenarios are, for
    example, the same interval of the last twenty working days, or draws from a forecast. NotEnoughDataError when
    nothing arrives in any of them.
    """
    each = column(contacts, "contacts", lowest=0)
    each = each[each > 0]
    if not each.size:
        raise NotEnoughDataError("Nothing arrives in any scenario, so nobody is needed.")
    share = each / each.sum()
    rates = [float(n) / positive(interval, "interval") for n in each]

    def lines(agents: int) -> list[Queue]:
        return [
            impatient_queue(agents, rate, handling, patience=target.patience, within=target.within) for rate in rates
        ]

    def answered(met: list[Queue]) -> float:
        return float((share * np.array([line.answered_within for line in met])).sum())

    def is_kept(agents: int) -> bool:
        met = lines(agents)
        busy = sum(line.occupancy for line in met) / len(met)
        return answered(met) >= target.answered and busy <= target.occupancy

    for_mean = staff(float(each.mean()), interval, handling, target).agents
    agents = _fewest(is_kept, for_mean)
    met = lines(agents)
    kept = sum(line.answered_within >= target.answered for line in met) / len(met)
    return Prepared(agents, positions(agents, target.shrinkage), answered(met), kept, for_mean)


def positions(agents: int, shrinkage: float) -> int:
    """People to be paid so that `agents` are at the line while a share `shrinkage` of their time is spent elsewhere."""
    if not 0 <= shrinkage < 1:
        raise AnalysisError(f"shrinkage must lie in [0, 1), it is {shrinkage:g}.")
    return _ceil(agents / (1.0 - shrinkage))


def day_plan(contacts: Sequence[float], handling: Sequence[float], target: Target, *, interval: float) -> DayPlan:
    """Staff every interval of a day by itself (SIPP: stationary, independent, period by period; Green et al. 2001).

    contacts, handling: one figure an interval; intervals without a contact need nobody. It errs where the rate changes
    much within the time of a call.
    """
    arriving, lasting = column(contacts, "contacts", lowest=0), column(handling, "handling", lowest=0)
    same_length(contacts=arriving, handling=lasting)
    each = tuple(
        staff(float(n), interval, float(time), target) if n else None for n, time in zip(arriving, lasting, strict=True)
    )
    needed = [one.positions if one else 0 for one in each]
    answered = np.array([one.queue.answered_within if one else 0.0 for one in each])
    share = float((answered * arriving).sum() / arriving.sum()) if arriving.sum() else 1.0
    return DayPlan(each, max(needed, default=0), sum(needed), share)


def _fewest(is_kept: Callable[[int], bool], start: int) -> int:
    """Smallest number that keeps a promise that only gets easier with more agents."""
    low, high = 0, start
    while not is_kept(high):
        low, high = high, max(high + 1, high + high // 16)
        if high > MOST_AGENTS:
            raise AnalysisError(f"Even {MOST_AGENTS:,} agents cannot keep this target.")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_kept(middle) else (middle, high)
    return high


def _ceil(value: float) -> int:
    return ceil(value - WHOLE * max(value, 1.0))
