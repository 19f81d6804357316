"""Intervals for single customers, taken from how wrong the same method was about similar customers before.

Split conformal prediction within groups of similar forecasts (Papadopoulos et al. 2002; Lei et al. 2018): no
distribution is assumed, so whales and one-time buyers get the spread they really had.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanxi.analytical.arrays import Array

LEVEL = 0.8
GROUPS = 20
SMALLEST_GROUP = 50
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Bands:
    """Groups of forecasts (split at `edges`) and, in each, the usual outcome in units of forecast + `unit`.

    Outcomes are taken as multiples, so that where one in ten bought nothing the lower bound is nothing. With `whole`,
    for counts, bounds are rounded outwards.
    """

    edges: Array
    low: Array
    high: Array
    unit: float
    whole: bool

    @classmethod
    def of(cls, forecast: Array, actual: Array, *, whole: bool, level: float = LEVEL) -> Bands:
        """Learn from one or more past periods: forecasts and what then happened, one element per customer each."""
        unit = max(float(forecast.mean()), float(actual.mean())) or 1.0
        groups = max(min(GROUPS, len(forecast) // SMALLEST_GROUP), 1)
        edges = np.unique(np.quantile(forecast, np.arange(1, groups) / groups))
        places = np.searchsorted(edges, forecast, side="right")
        multiple = actual / (forecast + unit)
        kept = [i for i in range(len(edges) + 1) if (places == i).any()]
        bounds = [_middle(multiple[places == i], level) for i in kept]
        low, high = (np.array(each) for each in zip(*bounds, strict=True))
        return cls(edges[[i - 1 for i in kept[1:]]], low, high, unit, whole)

    def around(self, forecast: Array) -> tuple[Array, Array]:
        """Lower and upper bound for each forecast, never below 0, and always with the forecast between them."""
        places = np.searchsorted(self.edges, forecast, side="right")
        size = forecast + self.unit
        low, high = self.low[places] * size, self.high[places] * size
        if self.whole:
            low, high = np.floor(low + ROUNDING), np.ceil(high - ROUNDING)
        return np.minimum(low, forecast), np.maximum(high, forecast)


def _middle(outcomes: Array, level: float) -> tuple[float, float]:
    """Bounds that hold `level` of the outcomes: from the lower tail up, as far as needed.

    Where more than a tenth bought nothing there is no lower tail to cut off, and the upper one is cut instead.
    """
    low = float(np.quantile(outcomes, (1.0 - level) / 2.0, method="lower"))
    below = float((outcomes < low).mean())
    return low, float(np.quantile(outcomes, min(below + level, 1.0), method="higher"))


def measured_coverage(periods: list[tuple[Array, Array]], *, whole: bool, level: float = LEVEL) -> float:
    """Share of customers inside their interval when the bands were learnt without them.

    `periods` are (forecast, actual) of past periods. With several, each is judged by the others; with one, each half of
    the customers (every other one) by the other half.
    """
    if len(periods) == 1:
        forecast, actual = periods[0]
        periods = [(forecast[start::2], actual[start::2]) for start in (0, 1) if len(forecast[start::2])]
    inside = []
    for place, (forecast, actual) in enumerate(periods):
        others = [period for i, period in enumerate(periods) if i != place] or periods
        low, high = bands_of(others, whole=whole, level=level).around(forecast)
        inside.append((low - ROUNDING <= actual) & (actual <= high + ROUNDING))
    return float(np.concatenate(inside).mean())


def bands_of(periods: list[tuple[Array, Array]], *, whole: bool, level: float = LEVEL) -> Bands:
    """Bands learnt from several past periods together."""
    forecast, actual = (np.concatenate(columns) for columns in zip(*periods, strict=True))
    return Bands.of(forecast, actual, whole=whole, level=level)
