"""Items bought by the same customers: item-item collaborative filtering with a bounded number of neighbours.

Sarwar, Karypis, Konstan & Riedl (2001), "Item-based collaborative filtering recommendation algorithms", WWW 10;
Deshpande & Karypis (2004), "Item-based top-N recommendation algorithms", ACM TOIS 22(1). Similarity is the cosine of
the columns of who bought what; a score is the sum of the similarities to what the customer bought.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.basket.interactions import Interactions
from guanxi.analytical.basket.together import bought_together, buyers
from guanxi.analytical.errors import AnalysisError

NEIGHBOURS = 20
SHRINK = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class ItemNeighbours:
    """similarity: items by items, at most `neighbours` numbers between 0 and 1 in each row, no item beside itself."""

    similarity: csr_array
    neighbours: int

    @property
    def reach(self) -> int:
        """Scores of a customer with forty items, no two of them with a neighbour in common."""
        return 40 * self.neighbours

    def scores(self, bought: csr_array) -> csr_array:
        """Sum of the similarities of each item to the items bought."""
        owned = bought[:, : self.similarity.shape[0]].astype(bool).astype(np.float64)
        return owned @ self.similarity


def fit_item_neighbours(known: Interactions, *, neighbours: int = NEIGHBOURS, shrink: float = SHRINK) -> ItemNeighbours:
    """The `neighbours` most similar items of each item: both / (sqrt(buyers · buyers) + shrink).

    `shrink` holds back pairs that few bought. Equal similarities: the more bought item. Time grows with the sum of the
    squares of the customers' numbers of items; memory is bounded by a band of items, not by all pairs.
    """
    if neighbours < 1 or not (np.isfinite(shrink) and shrink >= 0):
        raise AnalysisError("neighbours must be at least 1 and shrink at least 0.")
    size = np.sqrt(buyers(known))
    parts = []
    for item, other, both in bought_together(known):
        parts.append(_nearest(item, other, both / (size[item] * size[other] + shrink), neighbours))
    item, other, similarity = (np.concatenate(each) for each in zip(*parts, strict=True))
    count = len(known.items)
    return ItemNeighbours(coo_array((similarity, (item, other)), shape=(count, count)).tocsr(), neighbours)


def _nearest(item: Integers, other: Integers, similarity: Array, most: int) -> tuple[Integers, Integers, Array]:
    order = np.lexsort((other, -similarity, item))
    item = item[order]
    near = np.arange(len(item)) - np.searchsorted(item, item) < most
    kept = order[near]
    return item[near], other[kept], similarity[kept]
