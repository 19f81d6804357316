"""Value tiers: few customers earn most of the money, and each tier has its policy, which is data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from guanxi.analytical.arrays import Array, column
from guanxi.analytical.errors import AnalysisError, NotEnoughDataError
from guanxi.analytical.segments.grid import Axis, Segments


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier, its lowest value, and what its customers get: any named data, which is handed on as it is."""

    name: str
    from_value: float
    policy: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class ValueTiers:
    """Customers by tier, the highest first. customer_share, value_share: of all, each in the order of `tiers`."""

    tiers: tuple[Tier, ...]
    segments: Segments
    customer_share: tuple[float, ...]
    value_share: tuple[float, ...]

    def policy(self, row: int) -> Mapping[str, Any]:
        """What one customer gets."""
        return self.tiers[int(self.segments.segment[row])].policy


Policies = Sequence[tuple[str, Mapping[str, Any]]]


def tiers_by_share(value: ArrayLike, policies: Policies, *, shares: Sequence[float] = (0.5, 0.8, 0.95)) -> ValueTiers:
    """Tiers that together make the given shares of all value: by default the first half, 80 %, 95 %, and the rest.

    value: of each customer, past or expected, in money; below 0 is allowed and lies in the last tier. policies: name
    and policy of each tier, the highest first, one more than shares. Equal customers are in one tier, so a tier may
    hold more than its share. NotEnoughDataError when nobody's value is above 0.
    """
    if not all(0 < share < 1 for share in shares) or (np.diff(shares) <= 0).any():
        raise AnalysisError("Shares of value ascend and lie between 0 and 1.")
    worth = column(value, "value")
    falling = np.sort(np.maximum(worth, 0.0))[::-1]
    total = np.cumsum(falling)
    if not (len(total) and total[-1] > 0):
        raise NotEnoughDataError("No customer has a value above 0, so there is nothing to share out.")
    places = np.searchsorted(total, np.asarray(shares) * total[-1])
    return tiers_by_threshold(worth, policies, thresholds=falling[np.minimum(places, len(falling) - 1)].tolist())


def tiers_by_threshold(value: ArrayLike, policies: Policies, *, thresholds: Sequence[float]) -> ValueTiers:
    """Tiers that begin at the given values, the highest first, and a last one below them all.

    Two equal thresholds leave the lower of the two tiers empty: too many customers are alike to part them.
    """
    worth = column(value, "value")
    edges = column(np.asarray(thresholds, dtype=np.float64), "thresholds")
    if len(policies) != len(edges) + 1 or (np.diff(edges) > 0).any():
        raise AnalysisError("Thresholds fall from the highest tier on, and there is one policy more than thresholds.")
    names = tuple(name for name, _ in policies)
    if len(set(names)) < len(names):
        raise AnalysisError("Two tiers have one name.")
    place = len(edges) - np.searchsorted(edges[::-1], worth, side="right")
    axis = Axis.of("value", worth, np.unique(edges).tolist(), _bands(names, edges)[::-1], unit="money")
    segments = Segments("value_tiers", names, place.astype(np.int64), (axis,))
    tiers = tuple(
        Tier(name, start, policy) for (name, policy), start in zip(policies, (*edges.tolist(), -np.inf), strict=True)
    )
    return ValueTiers(tiers, segments, _shares(np.ones_like(worth), segments), _shares(worth, segments))


def _bands(names: tuple[str, ...], edges: Array) -> tuple[str, ...]:
    """Names of the tiers that can hold anybody: of those that begin at one value, the highest."""
    first = np.unique(np.searchsorted(-edges, -edges))
    return (*(names[each] for each in first), names[-1])


def _shares(weights: Array, segments: Segments) -> tuple[float, ...]:
    sums = np.bincount(segments.segment, weights, len(segments.names))
    total = sums.sum()
    return tuple((sums / total if total else np.zeros_like(sums)).tolist())
