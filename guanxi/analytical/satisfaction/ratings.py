"""Answers on a scale, counted, and weighted where the answering are not like the customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guanxi.analytical.arrays import Array, column, same_length
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Distinct answers with the weight of each: `share` adds to 1. answers: how many people answered.

    effective: as many equally weighted answers would say as much (Kish 1965), (Σw)² / Σw²; intervals rest on it.
    """

    values: Array
    share: Array
    answers: int
    effective: float

    @classmethod
    def of(cls, values: ArrayLike, weights: ArrayLike | None = None, *, lowest: float, highest: float) -> Ratings:
        """Count one answer per person; a missing one (NaN) is left out with its weight.

        AnalysisError for an answer off the scale from `lowest` to `highest` or a weight that is not above 0;
        NotEnoughDataError when nobody answered.
        """
        given = np.asarray(values, dtype=np.float64)
        weight = np.ones(given.shape) if weights is None else column(weights, "weights")
        if given.ndim != 1:
            raise AnalysisError("Ratings must be one-dimensional: one answer per person.")
        same_length(values=given, weights=weight)
        there = ~np.isnan(given)
        given, weight = given[there], weight[there]
        if not len(given):
            raise NotEnoughDataError("Nobody has answered.")
        if given.min() < lowest or given.max() > highest:
            raise AnalysisError(f"An answer lies off the scale from {lowest:g} to {highest:g}.")
        if weight.min() <= 0:
            raise AnalysisError("A weight must be above 0.")
        weight = weight / weight.max()
        levels, codes = np.unique(given, return_inverse=True)
        share = np.bincount(codes, weights=weight) / weight.sum()
        return cls(levels, share, len(given), float(weight.sum() ** 2 / (weight**2).sum()))

    @classmethod
    def counted(cls, counts: Mapping[float, int]) -> Ratings:
        """From how many people gave each answer. NotEnoughDataError when nobody did."""
        seen = column(list(counts.values()), "counts", lowest=0)
        total = seen.sum()
        if not total:
            raise NotEnoughDataError("Nobody has answered.")
        return cls(column(list(counts), "answers"), seen / total, int(total), float(total))

    def mean_of(self, points: NDArray[Any]) -> float:
        """Mean of `points`, one for each distinct answer."""
        return float((self.share * points).sum())


def post_stratified(groups: ArrayLike, shares: Mapping[str, float]) -> Array:
    """A weight for each answer so that the groups have the `shares` they have among all customers.

    groups: the group of each who answered. Weights have the mean 1. AnalysisError for a group without a share, or a
    group with a share that nobody answered for: nothing can speak for it.
    """
    names, codes = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    if absent := set(names.tolist()) - shares.keys():
        raise AnalysisError(f"Groups without a share: {', '.join(sorted(absent))}.")
    if silent := {name for name, share in shares.items() if share > 0} - set(names.tolist()):
        raise AnalysisError(f"Groups from which nobody answered: {', '.join(sorted(silent))}.")
    wanted = column([shares[str(name)] for name in names], "shares", lowest=0)
    if not wanted.all() or not len(wanted):
        raise AnalysisError("Every group that answered needs a share above 0.")
    answered = np.bincount(codes) / len(codes)
    return np.asarray((wanted / wanted.sum() / answered)[codes], dtype=np.float64)
