"""How many stay in their segment from one date to another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.segments import adjusted_rand, stability

NAMES = ("low", "middle", "high")
parts = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=80)


def test_moves_are_counted_for_those_who_were_there_at_both_dates() -> None:
    found = stability(NAMES, ([1, 2, 3, 4], [0, 0, 2, 1]), ([4, 3, 2, 9], [1, 2, 1, 0]))
    assert found.table.tolist() == [[0, 1, 0], [0, 1, 0], [0, 0, 1]]
    assert (found.customers, found.left, found.came) == (3, 1, 1)
    assert found.stayed == pytest.approx(2 / 3)
    assert found.by_chance == pytest.approx((1 * 0 + 1 * 2 + 1 * 1) / 9)
    assert found.moves[0].tolist() == [0, 1, 0]
    assert "cut points moved" in found.caveat


def test_the_index_of_two_divisions_of_six_by_hand() -> None:
    """{a, b, c | d, e, f} against {a, b | c, d | e, f}: 2 pairs together in both, 1.2 expected, 4.5 at most."""
    assert adjusted_rand(np.array([[2.0, 1, 0], [0, 1, 2]])) == pytest.approx((2 - 1.2) / (4.5 - 1.2))


@given(parts)
def test_the_index_is_that_of_counting_pairs(pairs: list[tuple[int, int]]) -> None:
    before, after = np.array(pairs).T
    customers = np.arange(len(pairs))
    found = stability(NAMES, (customers, before), (customers[::-1], after[::-1]))
    upper = np.triu_indices(len(pairs), 1)
    same_before, same_after = (np.equal.outer(part, part)[upper] for part in (before, after))
    both, rows, columns, every = (same_before & same_after).sum(), same_before.sum(), same_after.sum(), len(upper[0])
    expected = rows * columns / max(every, 1)
    most = (rows + columns) / 2
    assert found.rand == pytest.approx((both - expected) / (most - expected) if most != expected else 1.0)
    assert found.stayed == pytest.approx((before == after).mean())


def test_segments_dealt_out_at_random_have_an_index_of_about_0() -> None:
    rng = np.random.default_rng(1)
    customers = np.arange(20_000)
    found = stability(NAMES, (customers, rng.integers(0, 3, 20_000)), (customers, rng.integers(0, 3, 20_000)))
    assert found.rand == pytest.approx(0, abs=0.005)
    assert found.stayed == pytest.approx(found.by_chance, abs=0.02)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (([1, 1], [0, 0]), "twice"),
        (([1, 2], [0, 3]), "no name"),
        (([1, 2], [0]), "2 customers"),
        (([1, 2], [0, float("nan")]), "missing"),
    ],
)
def test_tables_that_make_no_sense_are_refused(before: tuple[list[int], list[float]], sentence: str) -> None:
    with pytest.raises(AnalysisError, match=sentence):
        stability(NAMES, before, ([1, 2], [0, 0]))


def test_without_a_customer_at_both_dates_nothing_can_be_said() -> None:
    with pytest.raises(NotEnoughDataError, match="both dates"):
        stability(NAMES, ([1], [0]), ([2], [0]))
