"""Whether segments last: who was where at one date and where at a later one.

Adjusted Rand index: Hubert & Arabie (1985), "Comparing partitions", Journal of Classification 2, 193-218.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, Integers, column
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError

CAVEAT = (
    "A customer also changes segment when only the cut points moved, or when the figure swung about a cut by chance:"
    " a change of segment is no change of heart. Those who were not there at both dates are not judged."
)


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """names: of the segments. table[i, j]: customers in i before and in j after; customers: their sum.

    stayed: share in the same segment at both dates. by_chance: that share if later segments had been dealt out at
    random (Cohen's expectation). rand: adjusted Rand index, 1 for the same parts and about 0 for chance. left, came:
    customers of only the earlier, only the later date.
    """

    names: tuple[str, ...]
    table: Array
    stayed: float
    by_chance: float
    rand: float
    left: int
    came: int
    caveat: str = CAVEAT

    @property
    def customers(self) -> int:
        """How many were there at both dates."""
        return int(self.table.sum())

    @property
    def moves(self) -> Array:
        """Each row of the table as shares; a segment that was empty has a row of nan."""
        sums = self.table.sum(axis=1, keepdims=True)
        return np.asarray(np.divide(self.table, sums, out=np.full_like(self.table, np.nan), where=sums > 0))


def stability(names: tuple[str, ...], before: tuple[Any, ArrayLike], after: tuple[Any, ArrayLike]) -> Stability:
    """Compare segments of two dates. before, after: customers' labels, and the number of each one's segment in `names`.

    AnalysisError when a customer stands twice at one date or a number has no name; NotEnoughDataError when nobody was
    there at both.
    """
    first, then = _checked(names, *before), _checked(names, *after)
    _, row, column_ = np.intersect1d(first[0], then[0], assume_unique=True, return_indices=True)
    if not len(row):
        raise NotEnoughDataError("No customer is in a segment at both dates.")
    pairs = first[1][row] * len(names) + then[1][column_]
    table = np.bincount(pairs, minlength=len(names) ** 2).reshape(len(names), len(names)).astype(np.float64)
    total = table.sum()
    return Stability(
        names=names,
        table=table,
        stayed=float(np.trace(table) / total),
        by_chance=float(table.sum(axis=0) @ table.sum(axis=1) / total**2),
        rand=adjusted_rand(table),
        left=len(first[0]) - len(row),
        came=len(then[0]) - len(row),
    )


def _checked(names: tuple[str, ...], parties: Any, segment: ArrayLike) -> tuple[Any, Integers]:
    labels, numbers = np.asarray(parties), column(segment, "segment", lowest=0)
    if labels.shape != numbers.shape:
        raise AnalysisError(f"{len(labels)} customers cannot have {len(numbers)} segments.")
    if len(np.unique(labels)) < len(labels):
        raise AnalysisError("A customer stands twice at one date.")
    if len(numbers) and (numbers.max() >= len(names) or (numbers != np.floor(numbers)).any()):
        raise AnalysisError("A segment has no name.")
    return labels, numbers.astype(np.int64)


def adjusted_rand(table: Array) -> float:
    """Of a table of counts; 1 when both sides put all customers in one segment, or each alone: they do agree."""
    if table.ndim != 2 or not np.isfinite(table).all() or (table < 0).any():
        raise AnalysisError("Two divisions are compared by a table of counts, none of them below 0.")
    both, rows, columns = (_pairs(each) for each in (table, table.sum(axis=1), table.sum(axis=0)))
    expected = rows * columns / max(_pairs(table.sum()), 1.0)
    most = (rows + columns) / 2
    return float((both - expected) / (most - expected)) if most != expected else 1.0


def _pairs(counts: Any) -> float:
    return float((counts * (counts - 1) / 2).sum())
