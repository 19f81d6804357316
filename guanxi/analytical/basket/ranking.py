"""The list of each customer: the best k items of a model's scores, then the most bought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.basket.interactions import Interactions, Labels
from guanxi.analytical.errors import AnalysisError

CELLS = 20_000_000  # of one block of customers and items: 160 MB
NOBODY = -1


class Among(StrEnum):
    """Which items a list may hold: all, those the customer has bought already, or only those not bought yet."""

    ALL = "all"
    BOUGHT = "bought"
    NEW = "new"


class Recommender(Protocol):
    """What `recommend` needs of a model."""

    @property
    def reach(self) -> int:
        """How many scores one customer can have: the width of a block."""
        ...

    def scores(self, bought: csr_array) -> csr_array | Array:
        """One row for each row of weights; columns may end early. An item is proposed when its score is above 0."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """One list of up to k items per customer, the best first; rows are those of the interactions it was made from.

    places: columns of the items, -1 where the list is shorter. scores: in the model's unit, 0 where the list was filled
    with what most people buy. labels: of the columns.
    """

    places: Integers
    scores: Array
    labels: Labels

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Where an item stands only because most people buy it, not because of this customer."""
        return np.asarray((self.places != NOBODY) & (self.scores == 0))

    def of(self, row: int) -> list[Any]:
        """The labels of one customer's list."""
        return [self.labels[place] for place in self.places[row] if place != NOBODY]


def recommend(
    model: Recommender | None,
    known: Interactions,
    *,
    k: int = 10,
    among: Among = Among.ALL,
    available: ArrayLike | None = None,
    fill: bool = True,
) -> Ranking:
    """The k best items for every customer of `known`; without a model the most bought, which is the baseline.

    available: one truth value per item of `known`; what is out of stock is in nobody's list. fill: complete short
    lists with the most bought of the items allowed. Equal scores: the more bought item first. AnalysisError when k is
    below 1 or `available` has another length. Customers are taken in blocks, so memory does not grow with them.
    """
    if k < 1:
        raise AnalysisError(f"A list holds at least one item, not {k}.")
    stock = _stock(available, len(known.items))
    sold = stock & (known.popularity > 0)
    places, scores = np.full((len(known.parties), k), NOBODY), np.zeros((len(known.parties), k))
    for rows in _blocks(len(known.parties), model.reach if model else k):
        bought = known.weights[rows]
        if model is not None:
            places[rows], scores[rows] = _best(_scored(model, bought), bought, among, stock, k)
        if fill and among is not Among.BOUGHT:
            _fill(places[rows], bought if among is Among.NEW else None, np.flatnonzero(sold))
    return Ranking(places, scores, known.items)


def _stock(available: ArrayLike | None, items: int) -> NDArray[np.bool_]:
    stock = np.ones(items, dtype=bool) if available is None else np.asarray(available, dtype=bool)
    if stock.shape != (items,):
        raise AnalysisError(f"available must have one value for each of the {items} items.")
    return stock


def _scored(model: Recommender, bought: csr_array) -> csr_array | Array:
    try:
        return model.scores(bought)
    except ValueError as error:
        raise AnalysisError("The model was fitted to other items than these customers' interactions hold.") from error


def _blocks(count: int, width: int) -> Iterator[slice]:
    step = max(1, min(CELLS // max(width, 1), 20_000))
    return (slice(start, min(start + step, count)) for start in range(0, count, step))


def _best(
    scores: csr_array | Array, bought: csr_array, among: Among, stock: NDArray[np.bool_], k: int
) -> tuple[Integers, Array]:
    """The k highest of each row; columns stand in order of popularity, so a stable sort breaks ties by it."""
    count = scores.shape[0]
    rows, columns, values = _proposed(_allowed(scores, bought, among), stock[: scores.shape[1]], k)
    order = np.lexsort((columns, -values, rows))
    rows = rows[order]
    position = np.arange(len(rows)) - np.searchsorted(rows, rows)
    first = position < k
    places, best = np.full((count, k), NOBODY), np.zeros((count, k))
    places[rows[first], position[first]] = columns[order][first]
    best[rows[first], position[first]] = values[order][first]
    return places, best


def _allowed(scores: csr_array | Array, bought: csr_array, among: Among) -> csr_array | Array:
    if among is Among.ALL:
        return scores
    owned = bought[:, : scores.shape[1]].astype(bool).astype(np.float64)
    if isinstance(scores, np.ndarray):
        if among is Among.BOUGHT:
            return scores * owned.toarray()
        scores[owned.nonzero()] = 0.0
        return scores
    kept = scores.multiply(owned).tocsr()
    return kept if among is Among.BOUGHT else (scores - kept).tocsr()


def _proposed(scores: csr_array | Array, stock: NDArray[np.bool_], k: int) -> tuple[Integers, Integers, Array]:
    """Row, column and score of what may stand in a list; of a full matrix only the k highest of each row."""
    if isinstance(scores, np.ndarray):
        scores[:, ~stock] = 0.0
        near = np.argpartition(-scores, k - 1, axis=1)[:, :k] if k < scores.shape[1] else np.indices(scores.shape)[1]
        rows = np.repeat(np.arange(len(scores)), near.shape[1])
        columns = near.ravel()
        values = scores[rows, columns]
    else:
        rows = np.repeat(np.arange(scores.shape[0]), np.diff(scores.indptr))
        columns, values = scores.indices, scores.data
    fit = (values > 0) & stock[columns]
    return rows[fit], columns[fit].astype(np.int64), values[fit]


def _fill(places: Integers, bought: csr_array | None, popular: Integers) -> None:
    """Write the most bought items into the empty ends of the lists, none twice and none of `bought`."""
    count, k = places.shape
    most = int(np.diff(bought.indptr).max(initial=0)) if bought is not None else 0
    popular = popular[: 2 * k + most]
    if not len(popular):
        return
    position = np.full(popular[-1] + 1, NOBODY)
    position[popular] = np.arange(len(popular))
    taken = np.zeros((count, len(popular)), dtype=bool)
    _mark(taken, position, np.repeat(np.arange(count), k), places.ravel())
    if bought is not None:
        _mark(taken, position, np.repeat(np.arange(count), np.diff(bought.indptr)), bought.indices)
    free = np.argsort(taken, axis=1, kind="stable")[:, :k]
    have = (places != NOBODY).sum(axis=1)
    for end in range(k):
        lacking = np.flatnonzero(have <= end)
        turn = end - have[lacking]
        there = (turn < free.shape[1]) & (turn < (~taken[lacking]).sum(axis=1))
        rows = lacking[there]
        places[rows, end] = popular[free[rows, turn[there]]]


def _mark(taken: NDArray[np.bool_], position: Integers, rows: Integers, items: Integers) -> None:
    near = (items != NOBODY) & (items < len(position))
    where = position[items[near]]
    taken[rows[near][where != NOBODY], where[where != NOBODY]] = True
