"""A finished experiment, customer by customer: what was known before, who was treated, what came of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guanxi.analytical.arrays import Array, column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.scoring.features import Features, Levels
from guanxi.analytical.scoring.terms import NumberTerm, number_terms

LEVELS = 50  # of a category, the most frequent; all others read as none of them
SMALLEST = 100  # customers in an arm, below which no order is looked for


@dataclass(frozen=True, slots=True)
class Trial:
    """One row per customer drawn, bought or not.

    features: known before the start. What is not known of a customer tells something too: a missing number is marked, a
    missing text a level of its own. treated: True or False, drawn at random in one share for all. outcome: 0 or 1, or
    an amount.
    """

    features: Features
    treated: NDArray[np.bool_]
    outcome: Array

    @classmethod
    def of(cls, features: Features, treated: ArrayLike, outcome: ArrayLike) -> Trial:
        """Check and keep. NotEnoughDataError below 100 customers in an arm."""
        arm, happened = column(treated, "treated"), column(outcome, "outcome")
        same_length(treated=arm, outcome=happened)
        if len(features) != len(arm):
            raise AnalysisError(f"{len(features)} customers with features, {len(arm)} with a treatment.")
        if not np.isin(arm, (0.0, 1.0)).all():
            raise AnalysisError("A customer is treated (1) or not (0).")
        if min(int(arm.sum()), int((1 - arm).sum())) < SMALLEST:
            raise NotEnoughDataError(
                f"Uplift needs {SMALLEST} customers in each arm; there are {int((1 - arm).sum())} and {int(arm.sum())}."
            )
        return cls(features, arm > 0, happened)

    @property
    def is_yes_or_no(self) -> bool:
        """True when the outcome is 0 or 1."""
        return bool(np.isin(self.outcome, (0.0, 1.0)).all())


@dataclass(frozen=True, slots=True)
class Category:
    """A column of names and those of them that have a column of their own."""

    name: str
    levels: tuple[str, ...]

    def columns(self, values: Levels) -> list[Array]:
        """A column for each of the levels: 1 where it is the customer's."""
        names = np.array(values.names)
        return [(names == level)[values.codes].astype(np.float64) for level in self.levels]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How features become columns of numbers, learnt from some customers and applied to others."""

    numbers: tuple[NumberTerm, ...]
    categories: tuple[Category, ...]

    @classmethod
    def of(cls, features: Features) -> Encoding:
        """Numbers as a score reads them, missing ones marked; categories as 0 and 1, the first level left out."""
        categories = (_category(name, levels) for name, levels in features.categories.items())
        return cls(tuple(number_terms(features)), tuple(categories))

    def matrix(self, features: Features) -> Array:
        """A row per customer. AnalysisError when a feature is missing or of another kind than it was."""
        features.require((term.name for term in self.numbers), (part.name for part in self.categories))
        columns = [each for term in self.numbers for each in term.columns(features.numbers[term.name])]
        columns += [each for part in self.categories for each in part.columns(features.categories[part.name])]
        return np.column_stack(columns or [np.zeros(len(features))])


def _category(name: str, values: Levels) -> Category:
    """The most frequent levels, in order of their names; the first needs no column beside the others."""
    count = np.bincount(values.codes, minlength=len(values.names))
    seen = [(-number, level) for number, level in zip(count, values.names, strict=True) if number]
    return Category(name, tuple(sorted(level for _, level in sorted(seen)[:LEVELS])[1:]))
