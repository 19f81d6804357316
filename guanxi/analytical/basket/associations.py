"""Who bought this also bought that: support, confidence and lift, with an interval and against chance.

Agrawal, Imieliński & Swami (1993), "Mining association rules between sets of items in large databases", SIGMOD; lift:
Brin, Motwani, Ullman & Tsur (1997), SIGMOD. The interval of the logarithm of the lift is by the delta method, with
customers drawn independently: its variance is (1/p₁₁ − 1/p₁ − 1/p₂ + 2·lift − 1) / n.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.basket.interactions import Interactions
from guanxi.analytical.basket.together import bought_together, buyers
from guanxi.analytical.errors import AnalysisError

LEAST = 5


@dataclass(frozen=True, slots=True, eq=False)
class Associations:
    """Ordered pairs of items, one element each; item and other are columns of the interactions they come from.

    both: customers who bought both. support: both / all customers. confidence: both / buyers of the item. others: share
    of buyers of `other` among those who did not buy the item (nan when everybody did). lift: confidence / share of
    buyers of `other` among all; low and high hold it with a chance of 95 %, pair by pair. surely: lift stays above 1
    even when all pairs of items are counted (Bonferroni): of many pairs some look good by chance.
    """

    item: Integers
    other: Integers
    both: Array
    support: Array
    confidence: Array
    others: Array
    lift: Array
    low: Array
    high: Array
    surely: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.item)

    @property
    def times(self) -> Array:
        """How many times as often buyers of the item bought `other` as those did who had not bought the item."""
        unheard_of = np.full(len(self), np.inf)
        some = np.nan_to_num(self.others) > 0
        return np.asarray(np.divide(self.confidence, self.others, out=unheard_of, where=some))

    def where(self, chosen: NDArray[np.bool_]) -> Associations:
        """Only the chosen pairs."""
        return Associations(*(getattr(self, name)[chosen] for name in self.__slots__))


def associations(known: Interactions, *, least: int = LEAST, level: float = 0.95) -> Associations:
    """All ordered pairs of items that at least `least` customers bought both of.

    Time grows with the sum of the squares of the customers' numbers of items; bound it by `known.most_bought`.
    AnalysisError when `least` is below 1 or `level` is not between 0 and 1.
    """
    if least < 1 or not 0 < level < 1:
        raise AnalysisError("least must be at least 1, and level between 0 and 1.")
    kept = [
        (item[often], other[often], both[often])
        for item, other, both in bought_together(known)
        for often in [both >= least]
    ]
    item, other, both = (np.concatenate(each) for each in zip(*kept, strict=True))
    return _measured((item, other, both), buyers(known), float(len(known.parties)), level)


def _measured(pairs: tuple[Integers, Integers, Array], bought: Array, n: float, level: float) -> Associations:
    item, other, both = pairs
    confidence = both / bought[item]
    rest = n - bought[item]
    others = np.divide(bought[other] - both, rest, out=np.full(len(item), np.nan), where=rest > 0)
    lift = confidence / (bought[other] / n)
    deviation = np.sqrt(np.maximum(1 / both - 1 / bought[item] - 1 / bought[other] + (2 * lift - 1) / n, 0.0))
    reach = norm.ppf(0.5 + level / 2) * deviation
    questions = max(len(bought) * (len(bought) - 1) / 2, 1)  # (A, B) and (B, A) have one lift
    strict = norm.ppf(1 - (1 - level) / 2 / questions) * deviation
    return Associations(
        item=item,
        other=other,
        both=both,
        support=both / n,
        confidence=confidence,
        others=others,
        lift=lift,
        low=lift * np.exp(-reach),
        high=lift * np.exp(reach),
        surely=np.asarray((np.log(lift) > strict) & (deviation > 0)),
    )
