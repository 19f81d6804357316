"""A finished experiment, customer by customer: what was known before, who was treated, what came of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from guanxi.analytical.arrays import Array, column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError

LEVELS = 50  # of a category, the most frequent; all others read as none of them
SMALLEST = 100  # customers in an arm, below which no order is looked for


@dataclass(frozen=True, slots=True)
class Trial:
    """One row per customer drawn, bought or not.

    features: numbers, categories (text or booleans), known before the start. treated: True or False, drawn at random in
    one share for all. outcome: 0 or 1, or an amount.
    """

    features: pa.Table
    treated: NDArray[np.bool_]
    outcome: Array

    @classmethod
    def of(cls, features: pa.Table, treated: ArrayLike, outcome: ArrayLike) -> Trial:
        """Check and keep. NotEnoughDataError below 100 customers in an arm."""
        arm, happened = column(treated, "treated"), column(outcome, "outcome")
        same_length(features=features, treated=arm, outcome=happened)
        if not np.isin(arm, (0.0, 1.0)).all():
            raise AnalysisError("A customer is treated (1) or not (0).")
        if min(int(arm.sum()), int((1 - arm).sum())) < SMALLEST:
            raise NotEnoughDataError(
                f"Uplift needs {SMALLEST} customers in each arm; there are {int((1 - arm).sum())} and {int(arm.sum())}."
            )
        if not features.num_columns:
            raise AnalysisError("Uplift needs something known of the customers.")
        return cls(features, arm > 0, happened)

    @property
    def is_yes_or_no(self) -> bool:
        """True when the outcome is 0 or 1."""
        return bool(np.isin(self.outcome, (0.0, 1.0)).all())


@dataclass(frozen=True, slots=True)
class Number:
    """A numeric column and the mean and spread it is measured in."""

    name: str
    mean: float
    spread: float

    def columns(self, features: pa.Table) -> Array:
        return ((_numbers(features, self.name) - self.mean) / self.spread)[:, None]


@dataclass(frozen=True, slots=True)
class Category:
    """A column of names and those of them that have a column of their own."""

    name: str
    levels: tuple[str, ...]

    def columns(self, features: pa.Table) -> Array:
        places = pc.index_in(_names(features, self.name), pa.array(self.levels, pa.string())).fill_null(
            len(self.levels)
        )
        return np.eye(len(self.levels) + 1)[places.to_numpy(), :-1]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How features become columns of numbers, learnt from some customers and applied to others."""

    parts: tuple[Number | Category, ...]

    @classmethod
    def of(cls, features: pa.Table) -> Encoding:
        """Numbers in standard deviations from their mean; categories as 0 and 1, the first level left out."""
        return cls(tuple(_part(features, name) for name in features.column_names))

    def matrix(self, features: pa.Table) -> Array:
        """A row per customer. AnalysisError when a column is missing."""
        lacking = [part.name for part in self.parts if part.name not in features.column_names]
        if lacking:
            raise AnalysisError(f"The column {lacking[0]} is missing.")
        return np.hstack([part.columns(features) for part in self.parts])


def _part(features: pa.Table, name: str) -> Number | Category:
    kind = features.schema.field(name).type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        numbers = _numbers(features, name)
        return Number(name, float(numbers.mean()), float(numbers.std()) or 1.0)
    named = (pa.types.is_string, pa.types.is_large_string, pa.types.is_boolean, pa.types.is_dictionary)
    if not any(is_kind(kind) for is_kind in named):
        raise AnalysisError(f"The column {name} holds neither numbers nor categories.")
    counted = sorted(_names(features, name).value_counts().to_pylist(), key=lambda each: -each["counts"])
    return Category(name, tuple(sorted(each["values"] for each in counted[:LEVELS])[1:]))


def _numbers(features: pa.Table, name: str) -> Array:
    # Arrow turns a missing number into nan, which `column` refuses in words.
    return column(features[name].cast(pa.float64()).to_numpy(), name)


def _names(features: pa.Table, name: str) -> pa.ChunkedArray:
    """As text; a missing one is a level of its own."""
    return features[name].cast(pa.string()).fill_null("")
