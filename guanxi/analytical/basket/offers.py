"""What to offer next to whom, and because of which purchase: cross-sell, up-sell and trade-up.

Whichever method proposes an item, the reason of the offer is the rule of `associations` that speaks for it most, and
what the caller says about the items makes the rule one of three. Up-sell: a dearer item of the same kind. Trade-up: an
item of the same kind and of a higher brand tier. Cross-sell: all other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from guanxi.analytical.arrays import Integers, column
from guanxi.analytical.basket.associations import Associations
from guanxi.analytical.basket.interactions import Interactions
from guanxi.analytical.basket.ranking import Ranking
from guanxi.analytical.errors import AnalysisError

NONE = -1


class OfferKind(StrEnum):
    """Ways to sell a customer more."""

    CROSS_SELL = "cross_sell"
    UP_SELL = "up_sell"
    TRADE_UP = "trade_up"


def offer_kinds(
    rules: Associations,
    is_alike: ArrayLike,
    price: ArrayLike,
    tier: ArrayLike | None = None,
    *,
    dearer: float = 1.1,
    at_most: float = 3.0,
) -> NDArray[np.str_]:
    """The `OfferKind` of each rule.

    is_alike: one truth value a rule, whether both items are of one kind. price: usual price of one, above 0 and in one
    currency; tier: rank of the brand, a higher number is a finer brand; both one value an item. dearer, at_most: an
    up-sell costs at least `dearer` and at most `at_most` times the item bought; a trade-up need not be dearer, and goes
    before an up-sell. AnalysisError where a rule, an item or a price does not fit.
    """
    if not 0 < dearer <= at_most:
        raise AnalysisError("dearer must be above 0 and no more than at_most.")
    alike = np.asarray(is_alike, dtype=bool)
    if alike.shape != rules.item.shape:
        raise AnalysisError(f"is_alike needs one value for each of the {len(rules)} rules.")
    costs = _of_items(rules, column(price, "price", lowest=0))
    if (costs <= 0).any():
        raise AnalysisError("A price must be above 0: an item given away is not sold up to.")
    ratio = costs[rules.other] / costs[rules.item]
    brand = np.zeros(len(costs)) if tier is None else _of_items(rules, column(tier, "tier"))
    finer = brand[rules.other] > brand[rules.item]
    kinds = [alike & finer & (ratio <= at_most), alike & (ratio >= dearer) & (ratio <= at_most)]
    return np.select(kinds, [OfferKind.TRADE_UP.value, OfferKind.UP_SELL.value], OfferKind.CROSS_SELL.value)


def _of_items(rules: Associations, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Refused unless it reaches to the last item of the rules."""
    items = max(rules.item.max(initial=NONE), rules.other.max(initial=NONE)) + 1
    if len(values) < items:
        raise AnalysisError(f"The rules name {items} items; of {len(values)} something is said.")
    return values


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """Of all rules surely above chance the one that speaks for each item most, by what a customer has bought.

    rule: for each item and other the row of its rule, -1 without; a square of the most bought items.
    """

    rules: Associations
    rule: NDArray[np.int32]

    @classmethod
    def of(cls, rules: Associations) -> Reasons:
        """Of these rules, those whose lift is surely above 1."""
        sure = rules.where(rules.surely)
        size = int(max(sure.item.max(initial=NONE), sure.other.max(initial=NONE))) + 1
        rule = np.full((size, size), NONE, dtype=np.int32)
        rule[sure.item, sure.other] = np.arange(len(sure))
        return cls(sure, rule)

    def behind(self, ranking: Ranking, known: Interactions) -> Integers:
        """The rule of the highest confidence for each place of the lists, -1 where no purchase speaks for it.

        The rules must count the items as `known` does, whose customers the lists are for.
        """
        if len(ranking.places) != len(known.parties):
            raise AnalysisError("The lists are of other customers than the purchases.")
        places = range(ranking.places.shape[1])
        return np.column_stack([self._behind(ranking.places[:, place], known.weights) for place in places])

    def _behind(self, offered: Integers, bought: csr_array) -> Integers:
        """Customers' purchases side by side: of each customer's, the one whose rule is the strongest."""
        each = np.diff(bought.indptr)
        other, size = np.repeat(offered, each), len(self.rule)
        inside = (bought.indices < size) & (other >= 0) & (other < size)
        rule = np.full(len(other), NONE)
        rule[inside] = self.rule[bought.indices[inside], other[inside]]
        row = np.repeat(np.arange(len(offered)), each)[rule != NONE]
        rule = rule[rule != NONE]
        best = np.full(len(offered), NONE)
        weakest_first = np.argsort(self.rules.confidence[rule], kind="stable")
        best[row[weakest_first]] = rule[weakest_first]  # written last, so that the strongest stays
        return best
