"""Geometry of the small drawings. Every length is in the drawing's own units; templates only place them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

Tone = Literal["", "good", "due", "bad"]
ARC_DEGREES = 270
TRIANGLES = {1: "▲", 0: "", -1: "▼"}


class Whisker(NamedTuple):
    """An interval on an axis: bar from low to high, tick at the estimate, dashes at nil where nil is inside."""

    width: float
    start: float
    length: float
    mark: float
    was: float | None
    zero: float | None


def whisker(
    estimate: float,
    low: float,
    high: float,
    scale: tuple[float, float],
    *,
    was: float | None = None,
    width: float = 220,
) -> Whisker:
    """Place an interval on `scale` (lowest, highest value of the axis). Ends outside the scale are cut at its edge."""
    if low > high:
        raise ValueError(f"an interval runs from low to high, not from {low} to {high}")
    lowest, highest = scale
    reach = (highest - lowest) or 1.0

    def place(value: float) -> float:
        return round(width * min(1.0, max(0.0, (value - lowest) / reach)), 1)

    start, end = place(low), place(high)
    return Whisker(
        width=width,
        start=start,
        length=max(2.0, round(end - start, 1)),
        mark=max(0.0, place(estimate) - 1.2),
        was=None if was is None else place(was),
        zero=place(0.0) if lowest < 0 < highest else None,
    )


def own_scale(estimate: float, low: float, high: float, was: float | None = None) -> tuple[float, float]:
    """A scale for an interval that stands alone: from nil, or below it, to a little above the highest value."""
    values = [estimate, low, high, *([] if was is None else [was])]
    room = 0.12 * (max(*values, 0.0) - min(*values, 0.0))
    return min(*values, 0.0) - (room if min(values) < 0 else 0.0), max(*values, 0.0) + room


@dataclass(frozen=True)
class Arc:
    """One ring of the dial: radius, length drawn, length of the whole circle and of its track."""

    key: str
    label: str
    score: float | None
    radius: int
    drawn: float
    track: float
    circle: float
    change: float

    @property
    def falling(self) -> bool:
        return self.change < 0

    @property
    def sign(self) -> str:
        return TRIANGLES[(self.change > 0) - (self.change < 0)]


def arc(key: str, label: str, score: float | None, radius: int, change: float) -> Arc:
    """A ring for a score of 0 to 100; None draws the empty track."""
    circle = 2 * math.pi * radius
    track = circle * ARC_DEGREES / 360
    drawn = track * min(100.0, max(0.0, score or 0.0)) / 100
    return Arc(key, label, score, radius, round(drawn, 1), round(track, 1), round(circle, 1), change)


class Bar(NamedTuple):
    """One of three small bars: its place, and how much of it is filled from below."""

    x: int
    y: float
    height: float
    weak: bool


def bar(x: int, score: float | None, height: int = 18) -> Bar:
    """A bar for a score of 0 to 100; None leaves it empty. Below half it is weak."""
    filled = round(height * min(100.0, max(0.0, score or 0.0)) / 100, 1)
    return Bar(x, round(height - filled, 1), filled, score is not None and score < 50)


def spark_points(
    values: Sequence[float], width: float = 64, height: float = 18, edge: float = 2
) -> list[tuple[float, float]]:
    """The corners of a sparkline, oldest first, top is the highest value; a flat line stands in the middle."""
    lowest, highest = min(values), max(values)
    inner, reach = height - 2 * edge - 2, highest - lowest
    foot, rise = (edge + 1 + inner, inner / reach) if reach else (edge + 1 + inner / 2, 0.0)
    return [
        (x, round(foot - (v - lowest) * rise, 1))
        for x, v in zip(_across(len(values), width, edge), values, strict=True)
    ]


@lru_cache
def _across(points: int, width: float, edge: float) -> tuple[float, ...]:
    step = (width - 2 * edge) / max(1, points - 1)
    return tuple(round(edge + i * step, 1) for i in range(points))
