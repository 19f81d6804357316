"""From weighed pairs to customers: records are brought together while the evidence for it outweighs that against.

Chains are what connected components die of: a father is like his son, the son like his name-sake. Here two groups
become one only when the mean weight over all pairs between them is above nothing; pairs that nobody looked at count
against it.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

MOST, LEAST = 15.0, -20.0  # bits that one pair may add: no single pair decides over a large group
UNSEEN = -1.0  # bits of a pair without any key in common
NEVER = -1e9  # of a pair that a person told apart

Ids = NDArray[np.int64]
Bits = NDArray[np.float64]


def cluster(left: Ids, right: Ids, weights: Bits, apart: Iterable[tuple[int, int]] = ()) -> dict[int, int]:
    """Record → its customer, named by the least record of it. Records of no cluster are left out.

    left, right, weights: pairs with their bits of evidence, the prior included. apart: pairs that are never one.
    Mean-linkage agglomeration, strongest first; equal input gives equal output.
    """
    inside = _within_components(left, right, weights)
    groups = _Groups()
    for one, other, bits in zip(*(each[inside].tolist() for each in (left, right, weights)), strict=True):
        groups.link(one, other, min(max(bits, LEAST), MOST))
    for one, other in apart:
        groups.link(one, other, NEVER)
    groups.grow()
    return {member: min(group) for group in groups.members.values() if len(group) > 1 for member in group}


def _within_components(left: Ids, right: Ids, weights: Bits) -> NDArray[np.bool_]:
    """Pairs whose records hang together by evidence for identity; no other pair can matter."""
    records, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    one, other = places[: len(left)], places[len(left) :]
    good = weights > 0
    graph = coo_matrix((np.ones(good.sum()), (one[good], other[good])), shape=(len(records), len(records)))
    component = connected_components(graph, directed=False)[1]
    return np.asarray(component[one] == component[other])


@dataclass
class _Groups:
    """Groups of records and what is known between them: the sum of bits and the number of pairs seen."""

    members: dict[int, list[int]] = field(default_factory=dict)
    between: dict[int, dict[int, tuple[float, int]]] = field(default_factory=dict)

    def link(self, one: int, other: int, bits: float) -> None:
        for here, there in ((one, other), (other, one)):
            self.members.setdefault(here, [here])
            self.between.setdefault(here, {})[there] = (bits, 1)

    def grow(self) -> None:
        waiting = [
            (-self._mean(one, other), one, other) for one in self.between for other in self.between[one] if one < other
        ]
        waiting = [each for each in waiting if each[0] < 0]
        heapq.heapify(waiting)
        while waiting:
            bits, one, other = heapq.heappop(waiting)
            if other in self.between.get(one, ()) and -bits == self._mean(one, other):
                for each in self._join(one, other):
                    heapq.heappush(waiting, each)

    def _mean(self, one: int, other: int) -> float:
        bits, seen = self.between[one][other]
        pairs = len(self.members[one]) * len(self.members[other])
        return (bits + (pairs - seen) * UNSEEN) / pairs

    def _join(self, one: int, other: int) -> list[tuple[float, int, int]]:
        """Bring the smaller into the larger neighbourhood; answers the links that now may join."""
        if len(self.between[one]) < len(self.between[other]):
            one, other = other, one
        del self.between[one][other]
        for third, (bits, seen) in self.between.pop(other).items():
            if third != one:
                before, count = self.between[one].get(third, (0.0, 0))
                self.between[one][third] = self.between[third][one] = (before + bits, count + seen)
                del self.between[third][other]
        self.members[one] += self.members.pop(other)
        links = ((-self._mean(one, third), min(one, third), max(one, third)) for third in self.between[one])
        return [each for each in links if each[0] < 0]
