"""From the arms at each look to the verdict: the engine decides, this writes down everything its page shows."""

from dataclasses import asdict, dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from guanxi.analytical import experiments
from guanxi.insight.models import Programme, Verdict
from guanxi.insight.programmes.outcomes import BEFORE_DAYS, CAPPED_SHARE, ArmOutcome

Arms = dict[str, ArmOutcome]
FEWEST = 50  # customers in an arm below which no interval is near enough to what it says
Conclusion = Verdict.Conclusion


@dataclass(frozen=True)
class Course:
    """The looks at a programme: day → arms; exposures from `first` to `last`; `days` is the outcome window."""

    first: datetime
    last: datetime
    days: int
    looks: dict[int, Arms]
    has_ended: bool


def judge(arms: Arms, *, control_share: float, information: float, has_ended: bool, cost: float) -> experiments.Verdict:
    """The engine's verdict on one look."""
    return experiments.verdict(
        arms["control"].moments,
        arms["treated"].moments,
        shares=[control_share, 1.0 - control_share],
        has_ended=has_ended,
        information=information,
        cost=cost,
    )


def too_early(programme: Programme, *, at: datetime, conflicts: int) -> Verdict:
    """Nobody, or only one arm, has been reached yet."""
    return _noted(programme, Conclusion.TOO_EARLY, {"conflicts": conflicts}, at=at, is_final=False)


def judged(programme: Programme, course: Course, *, at: datetime, conflicts: int) -> Verdict:
    """The verdict at the last look, with the course of the earlier ones."""
    if not course.looks or min(arm.moments.n for arm in _last(course).values()) < 2:
        return too_early(programme, at=at, conflicts=conflicts)
    readings = {day: _at_look(programme, course, day) for day in course.looks}
    now = readings[max(readings)]
    figures = _figures(course, now) | {"conflicts": conflicts, "looks": [_mark(d, v) for d, v in readings.items()]}
    conclusion = _conclusion(now, smallest=min(arm.moments.n for arm in _last(course).values()))
    return _noted(programme, conclusion, figures, at=at, is_final=course.has_ended)


def _at_look(programme: Programme, course: Course, day: int) -> experiments.Verdict:
    treated = course.looks[day]["treated"].moments.n
    return judge(
        course.looks[day],
        control_share=programme.control_share,
        information=day / course.days,
        has_ended=course.has_ended and day == max(course.looks),
        cost=float(programme.fixed_cost + programme.unit_cost * treated),
    )


def _last(course: Course) -> Arms:
    return course.looks[max(course.looks)]


def _conclusion(reading: experiments.Verdict, *, smallest: int) -> str:
    if reading.conclusion == experiments.Conclusion.NOT_SURE:
        if smallest < FEWEST:
            return Conclusion.TOO_EARLY
        return Conclusion.NO_EFFECT if reading.has_ended else Conclusion.NOT_SURE
    return Conclusion(str(reading.conclusion))


def _figures(course: Course, reading: experiments.Verdict) -> dict[str, Any]:
    arms = _last(course)
    return {
        "arms": {name: _arm(arm) for name, arm in arms.items()},
        "first_exposure": course.first.isoformat(),
        "last_exposure": course.last.isoformat(),
        "day": max(course.looks),
        "days": course.days,
        "before_days": BEFORE_DAYS,
        "cap": arms["control"].cap,
        "capped_share": CAPPED_SHARE,
        "base": reading.increment.base,
        "p": reading.increment.p,
        "deciding": asdict(reading.deciding),
        "fixed": {"low": reading.increment.low, "high": reading.increment.high},
        "total": asdict(reading.total),
        "cost": reading.cost,
        "profit": asdict(reading.profit),
        "roi": {name: value if isfinite(value) else None for name, value in asdict(reading.roi).items()},
        "sample_ratio": {"p": reading.sample_ratio.p, "is_ok": reading.sample_ratio.is_ok},
        "detectable": reading.detectable,
        "variance_ratio": reading.variance_ratio,
        "level": reading.increment.level,
    }


def _arm(arm: ArmOutcome) -> dict[str, Any]:
    return {
        "customers": arm.moments.n,
        "mean": arm.moments.mean_y,
        "before": arm.moments.mean_x,
        "buyers": arm.buyers,
        "revenue": arm.revenue,
        "cut": arm.cut,
    }


def _mark(day: int, reading: experiments.Verdict) -> dict[str, float]:
    """One look of the course, always with the interval that may be looked at any time."""
    return {
        "day": day,
        "estimate": reading.increment.difference,
        "low": reading.sequence.low,
        "high": reading.sequence.high,
    }


def _noted(programme: Programme, conclusion: str, figures: dict[str, Any], *, at: datetime, is_final: bool) -> Verdict:
    """The new verdict; the final one as it stands when another process has read it meanwhile."""
    reading = {"measured_at": at, "conclusion": conclusion, "figures": figures}
    if is_final:
        return Verdict.objects.get_or_create(programme=programme, is_final=True, defaults=reading)[0]
    return Verdict.objects.create(programme=programme, is_final=False, **reading)
