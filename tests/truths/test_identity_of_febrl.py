"""FEBRL: generated Australians with typing errors, swapped names and missing parts. Splink's defaults are the bar."""

import pytest

from guanxi.analytical.identity.resolution import resolve
from tests.truths.who_is_who import febrl, judged

# F1 of pairs and of clusters by Splink 5.0.0 with the comparisons of its own library (`bench/identity.py`).
BAR = {1: (1.0, 1.0), 2: (0.9982, 0.9987), 3: (0.9983, 0.9992), 4: (0.9998, 0.9996)}


@pytest.mark.parametrize(
    "number", [1, 2, pytest.param(3, marks=pytest.mark.prove), pytest.param(4, marks=pytest.mark.prove)]
)
def test_it_finds_at_least_what_splink_finds(number: int) -> None:
    people = febrl(number)
    pairs, clusters = judged(resolve(people.table, seed=1), people.truth)
    assert pairs.f1 >= BAR[number][0] - 0.00005
    assert clusters.f1 >= BAR[number][1] - 0.00005
