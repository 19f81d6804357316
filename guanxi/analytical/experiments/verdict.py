"""What a programme earned, or that it cannot be told: everything its page shows, in one frozen row."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf, nan

from guanxi.analytical.errors import AnalysisError
from guanxi.analytical.experiments.effects import LEVEL, Effect, adjusted, difference
from guanxi.analytical.experiments.moments import Moments
from guanxi.analytical.experiments.power import minimum_detectable_effect
from guanxi.analytical.experiments.ratio_check import RatioCheck, sample_ratio
from guanxi.analytical.experiments.sequence import SequenceInterval, confidence_sequence


class Conclusion(StrEnum):
    """What may be said. NOT_SURE: the interval holds both. INVALID: the sample ratio is off, so nothing may be said."""

    EARNS = "earns"
    LOSES = "loses"
    NOT_SURE = "not_sure"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate between two bounds."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The measured outcome of one treatment beside its control, money in the currency of the outcome.

    increment: per treated customer, with the fixed-horizon interval. sequence: the same increment with the interval
    that may be looked at any time. total: increment times the treated. profit: total times margin, minus cost. roi:
    profit over cost (nan without a cost). total, profit and roi take their bounds from `deciding`: the sequence while
    running, the fixed interval at the declared end. detectable: the smallest true increment that an experiment like
    this finds in 80 % of cases. variance_ratio: variance after the adjustment over variance before it (1 without one).
    """

    conclusion: Conclusion
    has_ended: bool
    control: int
    treated: int
    increment: Effect
    sequence: SequenceInterval
    total: Range
    cost: float
    profit: Range
    roi: Range
    sample_ratio: RatioCheck
    detectable: float
    variance_ratio: float

    @property
    def deciding(self) -> Range:
        """The increment per customer with the interval that the conclusion rests on."""
        bounds = self.increment if self.has_ended else self.sequence
        return Range(self.increment.difference, bounds.low, bounds.high)


def verdict(
    control: Moments,
    treatment: Moments,
    *,
    shares: Sequence[float],
    has_ended: bool,
    information: float = 1.0,
    cost: float = 0.0,
    margin: float = 1.0,
    level: float = LEVEL,
) -> Verdict:
    """Judge one treatment by its control, from the moments of the outcome in each arm (all units drawn, bought or not).

    Moments with an x that varies are adjusted by it (CUPED), so x must have been known before the start. shares: of
    control and treatment as drawn. information: see `confidence_sequence`. cost: of the whole treatment. margin: profit
    per unit of outcome, for example 0.4 of revenue. It earns when the deciding interval of the profit lies above 0.
    NotEnoughDataError below 2 units in an arm, AnalysisError for a cost below 0 or a margin that is not above 0.
    """
    if not (0 <= cost < inf and 0 < margin < inf):
        raise AnalysisError(f"A cost must be 0 or more and a margin above 0; they are {cost:g} and {margin:g}.")
    ratio = sample_ratio([control.n, treatment.n], shares)
    effect = difference(*adjusted(control, treatment), level=level)
    sequence = confidence_sequence(effect, information=information, level=level)
    bounds = effect if has_ended else sequence
    total = Range(*(treatment.n * each for each in (effect.difference, bounds.low, bounds.high)))
    profit = Range(*(each * margin - cost for each in (total.estimate, total.low, total.high)))
    plain = difference(control, treatment, level=level).standard_error
    return Verdict(
        conclusion=_conclusion(profit, ratio),
        has_ended=has_ended,
        control=control.n,
        treated=treatment.n,
        increment=effect,
        sequence=sequence,
        total=total,
        cost=cost,
        profit=profit,
        roi=Range(*(each / cost if cost else nan for each in (profit.estimate, profit.low, profit.high))),
        sample_ratio=ratio,
        detectable=minimum_detectable_effect(effect.standard_error, level=level),
        variance_ratio=(effect.standard_error / plain) ** 2 if plain else 1.0,
    )


def _conclusion(profit: Range, ratio: RatioCheck) -> Conclusion:
    if not ratio.is_ok:
        return Conclusion.INVALID
    if profit.low > 0:
        return Conclusion.EARNS
    return Conclusion.LOSES if profit.high < 0 else Conclusion.NOT_SURE
