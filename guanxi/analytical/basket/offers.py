"""What to offer next to whom, and because of which purchase: cross-sell, up-sell and trade-up.

Cross-sell: an item of another category. Up-sell: a dearer item of the same category. Trade-up: an item of the same
category and of a higher brand tier. All three are rules of `associations`, sorted out by what the caller says about
the items; the reason of an offer is the rule that speaks for it most.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from guanxi.analytical.arrays import Array, Integers, column
from guanxi.analytical.basket.associations import Associations
from guanxi.analytical.basket.interactions import Interactions
from guanxi.analytical.basket.ranking import CELLS
from guanxi.analytical.errors import AnalysisError


class OfferKind(StrEnum):
    """Ways to sell a customer more."""

    CROSS_SELL = "cross_sell"
    UP_SELL = "up_sell"
    TRADE_UP = "trade_up"


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """What is known of the items, one element for each column of the interactions.

    category: any label. price: usual price of one, above 0 and in one currency. tier: rank of the brand, a higher
    number is a finer brand.
    """

    category: NDArray[Any]
    price: Array
    tier: Array

    @classmethod
    def of(cls, known: Interactions, category: ArrayLike, price: ArrayLike, tier: ArrayLike) -> Catalogue:
        """Columns in the order of `known.items`. AnalysisError when lengths differ or a price is not above 0."""
        labels = np.asarray(category)
        catalogue = cls(labels, column(price, "price", lowest=0), column(tier, "tier"))
        if {len(labels), len(catalogue.price), len(catalogue.tier)} != {len(known.items)}:
            raise AnalysisError(f"category, price and tier need one value for each of the {len(known.items)} items.")
        if (catalogue.price <= 0).any():
            raise AnalysisError("A price must be above 0: an item given away is not sold up to.")
        return catalogue


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """One element an offer, customer by customer, the best first. rule: row of the rules given to `offers`.

    party: row of the interactions. item: column to offer. because: column the customer bought. The rule's confidence,
    others and lift are the reason in figures: "of those who bought A, 31 % also bought B, of the others 7 %".
    """

    party: Integers
    item: Integers
    because: Integers
    rule: Integers


def offer_rules(
    rules: Associations, catalogue: Catalogue, kind: OfferKind, *, dearer: float = 1.1, at_most: float = 3.0
) -> Associations:
    """The rules that are offers of this kind, and whose lift is surely above 1.

    dearer, at_most: an up-sell costs at least `dearer` and at most `at_most` times the item bought; these bounds also
    hold the price of a trade-up, which need not be dearer, below `at_most`.
    """
    if not 0 < dearer <= at_most:
        raise AnalysisError("dearer must be above 0 and no more than at_most.")
    item, other = rules.item, rules.other
    same = catalogue.category[item] == catalogue.category[other]
    ratio = catalogue.price[other] / catalogue.price[item]
    fits = {
        OfferKind.CROSS_SELL: ~same,
        OfferKind.UP_SELL: same & (ratio >= dearer) & (ratio <= at_most),
        OfferKind.TRADE_UP: same & (catalogue.tier[other] > catalogue.tier[item]) & (ratio <= at_most),
    }
    return rules.where(rules.surely & fits[kind])


def offers(known: Interactions, rules: Associations, *, k: int = 3, available: ArrayLike | None = None) -> Offers:
    """For each customer the k items not bought yet that the rules speak for most, each with its strongest rule.

    Offers stand in order of confidence: the share of buyers of the one item who bought the other. Equal confidence: the
    higher lift, then the more bought item. available: one truth value per item; the rest is not offered.
    """
    if k < 1:
        raise AnalysisError(f"A customer gets at least one offer, not {k}.")
    stock = np.ones(len(known.items), dtype=bool) if available is None else np.asarray(available, dtype=bool)
    if stock.shape != (len(known.items),):
        raise AnalysisError(f"available must have one value for each of the {len(known.items)} items.")
    strongest = np.lexsort((rules.other, -rules.lift, -rules.confidence))
    strongest = strongest[stock[rules.other[strongest]]]
    widest = 40 * max(int(np.bincount(rules.item[strongest]).max(initial=0)), 1)
    step = max(1, CELLS // 4 // max(widest, len(known.items)))
    parts = [
        _offers(known, rules, strongest, slice(first, first + step), k) for first in range(0, len(known.parties), step)
    ]
    return Offers(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _offers(
    known: Interactions, rules: Associations, strongest: Integers, block: slice, k: int
) -> tuple[Integers, Integers, Integers, Integers]:
    bought = known.weights[block]
    party, rank = _spoken_for(bought, rules.item[strongest])
    item = rules.other[strongest[rank]]
    owned = np.zeros(bought.shape, dtype=bool)
    owned[bought.nonzero()] = True
    fresh = ~owned[party, item]
    party, rank = _first_of_each(party[fresh], rank[fresh], item[fresh], bought.shape)
    best = np.arange(len(party)) - np.searchsorted(party, party) < k
    rule = strongest[rank[best]]
    return party[best] + block.start, rules.other[rule], rules.item[rule], rule


def _spoken_for(bought: csr_array, because: Integers) -> tuple[Integers, Integers]:
    """Each customer with the rank of each rule whose reason it bought; customer by customer, the strongest first."""
    by_item = np.argsort(because, kind="stable")
    starts = np.searchsorted(because[by_item], np.arange(bought.shape[1] + 1))
    rows = np.repeat(np.arange(bought.shape[0]), np.diff(bought.indptr))
    each = starts[bought.indices + 1] - starts[bought.indices]
    nth = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    rank = by_item[np.repeat(starts[bought.indices], each) + nth]
    keys = np.sort(np.repeat(rows, each) * len(because) + rank)
    return np.divmod(keys, max(len(because), 1))


def _first_of_each(
    party: Integers, rank: Integers, item: Integers, shape: tuple[int, int]
) -> tuple[Integers, Integers]:
    """Of the rules for one item to one customer only the first: written last, so that it stays."""
    cell = party * shape[1] + item
    kept = np.empty(shape[0] * shape[1], dtype=np.int64)
    kept[cell[::-1]] = np.arange(len(cell))[::-1]
    first = kept[cell] == np.arange(len(cell))
    return party[first], rank[first]
