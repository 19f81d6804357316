"""Who bought what, as a sparse matrix: what every recommender reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array

from guanxi.analytical.arrays import Array, Integers, column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError

Labels = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Interactions:
    """Customers in rows, items in columns, how often (or how weightily) each bought each; nothing where never.

    parties: labels of the rows, ascending. items: labels of the columns, the most bought first, equals by label; so
    a lower column is a more popular item, and every tie between items is broken by that.
    """

    parties: Labels
    items: Labels
    weights: csr_array

    @classmethod
    def of(cls, party: Any, item: Any, weight: ArrayLike = 1.0) -> Interactions:
        """From one element per customer and item, in any order; labels are whole numbers or texts.

        AnalysisError when a pair comes twice, a label is missing or a weight is not above 0; NotEnoughDataError when
        there is none.
        """
        rows, parties = numbered(party, "party")
        columns, items = numbered(item, "item")
        weights = column(np.full(len(rows), weight) if np.ndim(weight) == 0 else weight, "weight")
        same_length(party=rows, item=columns, weight=weights)
        _check(rows, columns, weights, len(items))
        rank = _by_popularity(columns, weights, len(items))
        place = np.empty(len(items), dtype=np.int64)
        place[rank] = np.arange(len(items))
        return cls(parties, items[rank], _matrix(rows, place[columns], weights, (len(parties), len(items))))

    @classmethod
    def from_table(cls, table: Any) -> Interactions:
        """From the rows of `item_counts` as an Arrow table."""
        return cls.of(table["party"], table["item"], table["weight"].to_numpy())

    @property
    def popularity(self) -> Array:
        """Sum of weights of each item."""
        return np.asarray(self.weights.sum(axis=0), dtype=np.float64)

    @property
    def bought(self) -> csr_array:
        """The same matrix with 1 wherever something was bought."""
        return self.weights.astype(bool).astype(np.float64)

    def most_bought(self, count: int) -> Interactions:
        """Only the `count` most bought items; customers who bought none of them stay, with an empty row."""
        if count < 1:
            raise AnalysisError(f"A catalogue holds at least one item, not {count}.")
        return Interactions(self.parties, self.items[:count], self.weights[:, :count])


def known_and_target(before: Any, after: Any) -> tuple[Interactions, Interactions]:
    """Two Arrow tables of `item_counts`, of a time and of the time after it, with the same rows and columns.

    The customers are those of `before`: of others nothing was known. Items that were only bought after come last, so
    that nobody can recommend them and everybody is charged with missing them.
    """
    known = Interactions.from_table(before)
    later = after.filter(pc.is_in(after["party"], value_set=before["party"]))
    numbers, labels = numbered(later["item"], "item")
    items = np.concatenate([known.items, np.setdiff1d(labels, known.items)])
    rows = np.searchsorted(known.parties, later["party"].to_numpy())
    order = np.argsort(items, kind="stable")
    columns = order[np.searchsorted(items, labels, sorter=order)][numbers]
    weights = column(later["weight"].to_numpy(), "weight")
    _check(rows, columns, weights, len(items))
    shape = (len(known.parties), len(items))
    known.weights.resize(shape)
    target = Interactions(known.parties, items, _matrix(rows, columns, weights, shape))
    return Interactions(known.parties, items, known.weights), target


def numbered(values: Any, name: str) -> tuple[Integers, Labels]:
    """Each label's number in ascending order, and the labels; Arrow numbers a million texts without sorting them."""
    try:
        array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else pa.array(np.asarray(values))
        coded = array.dictionary_encode()
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        raise AnalysisError(f"{name} must be one column of numbers or of texts.") from error
    labels = coded.dictionary.to_numpy(zero_copy_only=False)
    if coded.null_count or (pa.types.is_floating(coded.type.value_type) and not np.isfinite(labels).all()):
        raise AnalysisError(f"{name} is missing somewhere.")
    order = np.argsort(labels)
    number = np.empty(len(labels), dtype=np.int64)
    number[order] = np.arange(len(labels))
    return number[coded.indices.to_numpy(zero_copy_only=False)], labels[order]


def _check(rows: Integers, columns: Integers, weights: Array, width: int) -> None:
    if not len(rows):
        raise NotEnoughDataError("Nobody has bought anything.")
    if weights.min() <= 0:
        raise AnalysisError("weight must be above 0: who did not buy an item has no row for it.")
    if len(np.unique(rows * width + columns)) < len(rows):
        raise AnalysisError("A customer and an item stand together in two rows; count them first.")


def _by_popularity(columns: Integers, weights: Array, count: int) -> Integers:
    popularity = np.bincount(columns, weights, count)
    return np.asarray(np.lexsort((np.arange(count), -popularity)))


def _matrix(rows: Integers, columns: Integers, weights: Array, shape: tuple[int, int]) -> csr_array:
    matrix = csr_array(coo_array((weights, (rows, columns)), shape=shape))
    matrix.sort_indices()
    return matrix
