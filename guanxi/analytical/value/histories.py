"""What the value models read: one purchase history per customer, or the same thing counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, Integers, column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError

SLACK = 1e-9
WHOLE = 100_000  # days of 270 years
TABLE = 10_000_000  # possible keys: 90 MB while a table of them is held


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """Purchase histories, one element per customer, all times in one unit of the caller's choice.

    frequency: repeat purchase days, so a customer seen once has 0. recency: time from first to last purchase.
    T: time from first purchase to the as-of date. value: mean sales per purchase day, the first one included.
    """

    frequency: Array
    recency: Array
    T: Array
    value: Array

    @classmethod
    def of(cls, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, value: ArrayLike = 0.0) -> Histories:
        """Checked histories. AnalysisError when 0 ≤ recency ≤ T fails, or one-time buyers have a recency."""
        x = column(frequency, "frequency", lowest=0)
        t_x, span = column(recency, "recency", lowest=0), column(T, "T", lowest=0)
        worth = column(np.full(len(x), value) if np.ndim(value) == 0 else value, "value", lowest=0)
        same_length(frequency=x, recency=t_x, T=span, value=worth)
        if (t_x > span + SLACK).any():
            raise AnalysisError("recency exceeds T: somebody's last purchase lies after the as-of date.")
        if ((x == 0) & (t_x > 0)).any():
            raise AnalysisError("A customer without a repeat purchase cannot have a recency above 0.")
        return cls(x, np.minimum(t_x, span), span, worth)

    @classmethod
    def from_table(cls, table: Any) -> Histories:
        """From the rows of `purchase_statistics` as an Arrow table, in its order; times in days."""
        return cls.of(*(table[name].to_numpy() for name in ("frequency", "recency", "T", "mean_value")))

    def __len__(self) -> int:
        return len(self.frequency)


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """Distinct (frequency, recency, T) with the number of customers who share each: all that a fit needs.

    Time is counted in whole days or weeks, so a hundred million customers have hardly more distinct rows than a
    million have, and a fit costs nearly the same.
    """

    frequency: Array
    recency: Array
    T: Array
    count: Array

    @classmethod
    def of(cls, histories: Histories) -> Statistics:
        """Count equal histories."""
        codes, rows = distinct(histories.frequency, histories.recency, histories.T)
        count = np.bincount(codes, minlength=len(rows)).astype(np.float64)
        return cls(histories.frequency[rows], histories.recency[rows], histories.T[rows], count)

    @classmethod
    def counted(cls, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, count: ArrayLike) -> Statistics:
        """From rows already counted elsewhere, as by `count_histories` in a database."""
        histories = Histories.of(frequency, recency, T)
        weights = column(count, "count", lowest=0)
        same_length(frequency=histories.frequency, count=weights)
        return cls(histories.frequency, histories.recency, histories.T, weights)

    @property
    def customers(self) -> float:
        """How many customers stand behind the rows."""
        return float(self.count.sum())

    @property
    def span(self) -> float:
        """The longest time anybody was observed; NotEnoughDataError when nobody was for any time."""
        if self.customers <= 0:
            raise NotEnoughDataError("There is no customer to fit to.")
        if not (span := float(self.T.max())) > 0:
            raise NotEnoughDataError(
                "Every customer made the first purchase on the as-of date: nothing was observed yet."
            )
        return span


def distinct(*columns: Array) -> tuple[Integers, Integers]:
    """For each row the number of its group, and for each group a row that stands for it."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    groups = 1
    for values in columns:
        codes, levels = _codes(values)
        key = key * levels + codes
        groups *= levels
        if groups > TABLE:
            groups, key = _renumbered(key)
    count, codes = _renumbered(key) if groups > TABLE else _tabled(key, groups)
    rows = np.empty(count, dtype=np.int64)
    rows[codes] = np.arange(len(key))
    return codes, rows


def _codes(values: Array) -> tuple[Integers, int]:
    """Whole numbers of a short range stand for themselves; others are numbered in order of size."""
    if len(values) and values.max() < WHOLE:
        codes = values.astype(np.int64)
        if (codes == values).all():
            return codes, int(codes.max()) + 1
    levels, codes = np.unique(values, return_inverse=True)
    return codes, max(len(levels), 1)


def _renumbered(key: Integers) -> tuple[int, Integers]:
    levels, codes = np.unique(key, return_inverse=True)
    return len(levels), codes


def _tabled(key: Integers, groups: int) -> tuple[int, Integers]:
    """The same without sorting, by a table of all keys there could be."""
    seen = np.zeros(groups, dtype=bool)
    seen[key] = True
    return int(seen.sum()), (np.cumsum(seen) - 1)[key]
