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


@dataclass(frozen=True, slots=True, eq=False)
class Bands:
    """Groups of forecasts (split at `edges`) and, in each, the usual error in units of forecast + `unit`."""

    edges: Array
    low: Array
    high: Array
    unit: float

    @classmethod
    def of(cls, forecast: Array, actual: Array, *, level: float = LEVEL) -> Bands:
        """Learn from one or more past periods: forecasts and what then happened, one element per customer each."""
        unit = max(float(forecast.mean()), float(actual.mean())) or 1.0
        groups = max(min(GROUPS, len(forecast) // SMALLEST_GROUP), 1)
        edges = np.unique(np.quantile(forecast, np.arange(1, groups) / groups))
        places = np.searchsorted(edges, forecast, side="right")
        error = (actual - forecast) / (forecast + unit)
        kept = [i for i in range(len(edges) + 1) if (places == i).any()]
        tail = (1.0 - level) / 2.0
        low = [np.quantile(error[places == i], tail, method="lower") for i in kept]
        high = [np.quantile(error[places == i], 1.0 - tail, method="higher") for i in kept]
        return cls(edges[[i - 1 for i in kept[1:]]], np.array(low), np.array(high), unit)

    def around(self, forecast: Array) -> tuple[Array, Array]:
        """Lower and upper bound for each forecast, never below 0, and always with the forecast between them."""
        places = np.searchsorted(self.edges, forecast, side="right")
        size = forecast + self.unit
        low = np.clip(forecast + self.low[places] * size, 0.0, forecast)
        return low, np.maximum(forecast + self.high[places] * size, forecast)


def measured_coverage(periods: list[tuple[Array, Array]], *, level: float = LEVEL) -> float:
    """Share of customers inside their interval when the bands were learnt without them.

    `periods` are (forecast, actual) of past periods. With several, each is judged by the others; with one, each half of
    the customers (every other one) by the other half.
    """
    if len(periods) == 1:
        forecast, actual = periods[0]
        periods = [(forecast[start::2], actual[start::2]) for start in (0, 1) if len(forecast[start::2])]
    inside = []
    for place, (forecast, actual) in enumerate(periods):
        others = [period for i, period in enumerate(periods) if i != place] or [periods[place]]
        low, high = Bands.of(*(np.concatenate(columns) for columns in zip(*others, strict=True)), level=level).around(
            forecast
        )
        inside.append((low <= actual) & (actual <= high))
    return float(np.concatenate(inside).mean())
