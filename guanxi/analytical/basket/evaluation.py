"""How many of the items bought later stood in the lists: recall@k and NDCG@k, old and new items apart.

Järvelin & Kekäläinen (2002), "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4). Each customer who
bought something later counts once. Recall: share of the customer's later items that are in the list. NDCG: the same
with a place p worth 1 / log2(p + 1), against the best list there could be. "Repeat" judges only the later items that
the customer had bought before, "discovery" only the others (Li et al. 2023): a method that is strong in one is often
blind in the other, and one figure for both hides it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.basket.interactions import Interactions
from guanxi.analytical.basket.ranking import NOBODY, Ranking
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError

BASELINE = "popularity"
REACH = float(norm.ppf(0.9))


@dataclass(frozen=True, slots=True)
class Part:
    """Means over the `customers` who later bought an item of this kind; nan when nobody did.

    low, high: where the recall of as many other customers like these would lie with a chance of 80 %.
    """

    customers: int
    recall: float
    low: float
    high: float
    ndcg: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One method. repeat_share: mean share of a customer's later items that the customer had bought before."""

    method: str
    is_baseline: bool
    k: int
    overall: Part
    repeat: Part
    discovery: Part
    repeat_share: float


def accuracies(
    rankings: Mapping[str, Ranking], known: Interactions, target: Interactions, *, k: int = 10
) -> tuple[Accuracy, ...]:
    """Judge lists by what the same customers bought later; `known` and `target` are of `known_and_target`.

    The mapping must hold the baseline under "popularity" (`recommend` without a model); it comes first. AnalysisError
    without it, or when the lists are shorter than k or of other customers; NotEnoughDataError when nobody bought later.
    """
    if k < 1:
        raise AnalysisError(f"A list holds at least one item, not {k}.")
    if BASELINE not in rankings:
        raise AnalysisError("Lists are judged beside the most bought items: give these as popularity.")
    if known.weights.shape != target.weights.shape:
        raise AnalysisError("What was known and what came later must have the same customers and items.")
    if not target.weights.nnz:
        raise NotEnoughDataError("None of the customers bought anything later, so lists cannot be judged.")
    later = _Later.of(known, target)
    names = sorted(rankings, key=lambda name: name != BASELINE)
    return tuple(_accuracy(name, rankings[name], later, k) for name in names)


@dataclass(frozen=True, slots=True)
class _Later:
    """Each customer and item of the target as one number, ascending, and whether it was bought before."""

    keys: Integers
    rows: Integers
    repeated: NDArray[np.bool_]
    shape: tuple[int, int]

    @classmethod
    def of(cls, known: Interactions, target: Interactions) -> _Later:
        keys, before = _keys(target), _keys(known)
        return cls(keys, keys // target.weights.shape[1], np.isin(keys, before), target.weights.shape)


def _keys(interactions: Interactions) -> Integers:
    matrix = interactions.weights
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return np.sort(rows * matrix.shape[1] + matrix.indices)


def _accuracy(method: str, ranking: Ranking, later: _Later, k: int) -> Accuracy:
    if ranking.places.shape[0] != later.shape[0] or ranking.places.shape[1] < k:
        raise AnalysisError(
            f"{method} must hold a list of at least {k} items for each of {later.shape[0]:,} customers."
        )
    places = ranking.places[:, :k]
    keys = np.arange(len(places))[:, None] * later.shape[1] + places
    found = np.minimum(np.searchsorted(later.keys, keys), len(later.keys) - 1)
    hit = (later.keys[found] == keys) & (places != NOBODY)
    old = later.repeated[found]
    wanted = np.bincount(later.rows, minlength=len(places))
    wanted_again = np.bincount(later.rows, later.repeated, minlength=len(places))
    some = wanted > 0
    return Accuracy(
        method=method,
        is_baseline=method == BASELINE,
        k=k,
        overall=_part(hit, wanted),
        repeat=_part(hit & old, wanted_again),
        discovery=_part(hit & ~old, wanted - wanted_again),
        repeat_share=float((wanted_again[some] / wanted[some]).mean()),
    )


def _part(hit: NDArray[np.bool_], wanted: Array | Integers) -> Part:
    some = wanted > 0
    if not (count := int(some.sum())):
        return Part(0, *[float("nan")] * 4)
    hit, wanted = hit[some], wanted[some]
    worth = 1.0 / np.log2(np.arange(2, hit.shape[1] + 2))
    ideal = np.cumsum(worth)[np.minimum(wanted, hit.shape[1]).astype(np.int64) - 1]
    recall = hit.sum(axis=1) / wanted
    mean, reach = float(recall.mean()), REACH * float(recall.std()) / count**0.5
    ndcg = float(((hit * worth).sum(axis=1) / ideal).mean())
    return Part(count, mean, max(mean - reach, 0.0), min(mean + reach, 1.0), ndcg)
