"""What the customer bought before, most often or most lately first: hard to beat in groceries.

Li, Jullien, Ariannezhad & de Rijke (2023), "A next basket recommendation reality check", ACM Transactions on
Information Systems 41(4), call it P-TopFreq, and GP-TopFreq when short lists are filled with what most people buy.
"""

from __future__ import annotations

from dataclasses import dataclass

from scipy.sparse import csr_array

from guanxi.analytical.arrays import Array


@dataclass(frozen=True, slots=True)
class PersonalFrequency:
    """Scores are the customer's own weights: orders that held the item, recency-weighted if `item_counts` was asked."""

    @property
    def reach(self) -> int:
        """A customer has as many scores as items bought: a block can be long."""
        return 1_000

    def scores(self, bought: csr_array) -> csr_array:
        """The weights themselves."""
        return bought


@dataclass(frozen=True, slots=True, eq=False)
class OwnMostBought:
    """The baseline where lists hold only what the customer bought before: first what most people buy.

    popularity: of each column (`Interactions.popularity`).
    """

    popularity: Array

    @property
    def reach(self) -> int:
        """As many scores as items bought."""
        return 1_000

    def scores(self, bought: csr_array) -> csr_array:
        """Each item's popularity, whoever bought it how often."""
        return csr_array((self.popularity[bought.indices], bought.indices, bought.indptr), shape=bought.shape)
