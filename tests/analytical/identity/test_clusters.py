"""Groups hold together as a whole: no chain of look-alikes, and never two whom a person told apart."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.analytical.identity.clusters import cluster

Edges = list[tuple[int, int, float]]


def grouped(edges: Edges, apart: set[tuple[int, int]] = frozenset()) -> set[frozenset[int]]:
    left, right, bits = (np.array(column) for column in zip(*edges, strict=True))
    found: dict[int, set[int]] = {}
    for record, least in cluster(left, right, bits.astype(float), apart).items():
        found.setdefault(least, set()).add(record)
    return {frozenset(group) for group in found.values()}


def test_a_triangle_of_evidence_is_one_customer() -> None:
    assert grouped([(1, 2, 9), (2, 3, 9), (1, 3, 4)]) == {frozenset({1, 2, 3})}


def test_a_bridge_between_two_families_does_not_make_them_one() -> None:
    """Father and son share name and address; each is told four times."""
    father = [(one, other, 12.0) for one in range(4) for other in range(one + 1, 4)]
    son = [(one + 10, other + 10, 12.0) for one, other, _ in father]
    contradicted = [(one, other + 10, -8.0) for one in range(4) for other in range(4) if (one, other) != (0, 0)]
    assert grouped([*father, *son, (0, 10, 6.0), *contradicted]) == {frozenset(range(4)), frozenset(range(10, 14))}


def test_a_long_chain_nobody_else_supports_falls_apart() -> None:
    chain = [(place, place + 1, 2.0) for place in range(20)]
    assert max(len(group) for group in grouped(chain)) <= 4


def test_what_a_person_told_apart_stays_apart_even_through_others() -> None:
    edges: Edges = [(1, 2, 15), (2, 3, 15), (1, 3, 15)]
    assert all(not {1, 3} <= group for group in grouped(edges, {(1, 3)}))


pairs = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(10, 19)), st.floats(-20, 20, allow_nan=False), min_size=1, max_size=40
)


@settings(max_examples=200, deadline=None)
@given(pairs, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_and_every_group_has_evidence(
    bits: dict[tuple[int, int], float], lot: object
) -> None:
    edges = [(one, other, weight) for (one, other), weight in bits.items()]
    shuffled = list(edges)
    lot.shuffle(shuffled)  # type: ignore[attr-defined]
    groups = grouped(edges)
    assert groups == grouped(shuffled)
    for group in groups:
        inside = [weight for one, other, weight in edges if one in group and other in group]
        assert sum(inside) > 0
        assert max(inside) > 0
