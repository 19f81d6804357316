"""How many customers bought both of two items, a band of the items at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.basket.interactions import Interactions

BAND = 512  # items; against 100,000 others the counts of a band take 0.6 GB at the very most


def buyers(known: Interactions) -> Array:
    """How many customers bought each item."""
    return np.bincount(known.weights.indices, minlength=len(known.items)).astype(np.float64)


def bought_together(known: Interactions) -> Iterator[tuple[Integers, Integers, Array]]:
    """Column of one item, column of another, customers who bought both; pairs both ways, the diagonal left out."""
    bought: csr_array = known.bought
    by_item = bought.T.tocsr()
    for start in range(0, len(known.items), BAND):
        counts = (by_item[start : start + BAND] @ bought).tocoo()
        item, other = counts.row.astype(np.int64) + start, counts.col.astype(np.int64)
        apart = item != other
        yield item[apart], other[apart], counts.data[apart]
