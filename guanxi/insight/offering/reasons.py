"""Because of which purchase something new is offered: of the rules surely above chance, the one that says most."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from guanxi.analytical.arrays import Integers
from guanxi.analytical.basket import Associations, Interactions, Ranking, associations

HEAD = 3_000  # of the most bought articles each pair has a place in a square: 36 MB
NONE = -1


@dataclass(frozen=True)
class Reasons:
    """The rules, and for each article and other the row of its rule."""

    rules: Associations
    rule: NDArray[np.int32]

    @classmethod
    def learnt(cls, known: Interactions) -> "Reasons":
        """From who bought what, of the most bought articles."""
        head = known.most_bought(HEAD)
        found = associations(head)
        rules = found.where(found.surely)
        rule = np.full((len(head.items), len(head.items)), NONE, dtype=np.int32)
        rule[rules.item, rules.other] = np.arange(len(rules))
        return cls(rules, rule)

    def of(self, ranking: Ranking, bought: csr_array) -> Integers:
        """The rule of the highest confidence for each place of the lists, -1 where no purchase speaks for it."""
        return np.column_stack([self._of(ranking.places[:, place], bought) for place in range(ranking.places.shape[1])])

    def _of(self, offered: Integers, bought: csr_array) -> Integers:
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
