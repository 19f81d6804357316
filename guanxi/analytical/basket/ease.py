"""EASE: Steck (2019), "Embarrassingly shallow autoencoders for sparse data", WWW. A linear model in closed form.

Every item's purchases are predicted from those of all other items by ridge regression; one inverse of a square of the
items gives all regressions at once. The square bounds the catalogue: 10,000 items take 1.6 GB and some minutes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.sparse import csr_array

from guanxi.analytical.arrays import Array, positive
from guanxi.analytical.basket.interactions import Interactions
from guanxi.analytical.errors import AnalysisError

MOST = 10_000
PENALTY = 200.0


@dataclass(frozen=True, slots=True, eq=False)
class Ease:
    """weights[i, j]: what a purchase of item i says for item j; the diagonal is 0, so no item recommends itself."""

    weights: Array
    penalty: float

    @property
    def reach(self) -> int:
        """Every item of the catalogue has a score."""
        return len(self.weights)

    def scores(self, bought: csr_array) -> Array:
        """Sum of the weights of the items bought; only scores above 0 propose anything."""
        owned = bought[:, : len(self.weights)].astype(bool).astype(np.float64)
        return np.asarray(owned @ self.weights)


def fit_ease(known: Interactions, *, penalty: float = PENALTY, most: int = MOST) -> Ease:
    """The closed form: with P = (XᵀX + penalty · 1)⁻¹ the weights are -P[i, j] / P[j, j], and 0 on the diagonal.

    Time grows with the third power of the number of items, memory with the second: 16 bytes a pair while fitting.
    AnalysisError when there are more than `most` items: take `known.most_bought(most)`, or raise the bound knowing what
    it costs.
    """
    positive(penalty, "penalty")
    if (count := len(known.items)) > most:
        raise AnalysisError(
            f"EASE inverts a square of all items: {count:,} of them take {16e-9 * count**2:.1f} GB."
            f" Keep the {most:,} most bought, or raise the bound."
        )
    inverse = _inverse((known.bought.T @ known.bought).toarray(order="F"), penalty)
    inverse /= -np.diag(inverse).copy()
    np.fill_diagonal(inverse, 0.0)
    return Ease(inverse, penalty)


def _inverse(gram: Array, penalty: float) -> Array:
    """By Cholesky's factor, in place: half the work of a general inverse, and no third square in memory."""
    gram[np.diag_indices_from(gram)] += penalty
    factor, failed = dpotrf(gram, lower=True, overwrite_a=True)
    inverse, failed_too = dpotri(factor, lower=True, overwrite_c=True)
    if failed or failed_too:
        raise AnalysisError("The items cannot be told apart at this penalty; raise it.")
    for row in range(len(inverse) - 1):
        inverse[row, row + 1 :] = inverse[row + 1 :, row]
    return np.asarray(inverse)
