"""Kiosks in Korean shops (2019): SERVQUAL, Kano and importance-performance of the same 211 people."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from guanxi.analytical.satisfaction import KanoClass, Servqual, importance_performance, kano, servqual
from tests.truths.conftest import CARRIED

ITEMS = [f"{number:02d}" for number in range(1, 25)]


@pytest.fixture(scope="module")
def answers() -> dict[str, np.ndarray]:
    table = pq.read_table(CARRIED / "kiosk_servqual" / "answers.parquet")
    return {name: table[name].to_numpy().astype(float) for name in table.column_names}


@pytest.fixture(scope="module")
def judged(answers: dict[str, np.ndarray]) -> Servqual:
    expected, perceived = (
        np.column_stack([answers[f"{half}_{item}"] for item in ITEMS]) for half in ("expected", "perceived")
    )
    return servqual(expected, perceived, ITEMS)


def test_the_gap_is_the_published_one(judged: Servqual) -> None:
    assert round(judged.overall.expectation, 3) == 5.974
    assert round(judged.overall.perception, 3) == 4.872
    assert round(judged.overall.gap, 3) == -1.102
    assert judged.overall.falls_short


def test_both_halves_are_as_reliable_as_published(judged: Servqual) -> None:
    assert (round(judged.expectations.alpha, 3), round(judged.perceptions.alpha, 3)) == (0.879, 0.907)
    assert judged.perceptions.low < 0.907 < judged.perceptions.high


def test_that_kiosks_do_what_was_chosen_is_taken_for_granted(answers: dict[str, np.ndarray]) -> None:
    found = {number: kano(answers[f"there_{number:02d}"], answers[f"missing_{number:02d}"]) for number in range(1, 30)}
    assert found[1].kind is KanoClass.MUST_BE
    assert sum(found[1].counts.values()) == 207
    kinds = [each.kind for each in found.values()]
    assert (kinds.count(KanoClass.ATTRACTIVE), kinds.count(KanoClass.MUST_BE)) == (10, 9)


def test_what_matters_and_is_done_badly_is_a_short_list(answers: dict[str, np.ndarray]) -> None:
    importance, performance = (
        [np.nanmean(answers[f"{half}_{item}"]) for item in ITEMS] for half in ("importance", "performance")
    )
    found = importance_performance(ITEMS, importance, performance)
    assert (found.attributes[0].name, found.attributes[0].quadrant) == ("16", "concentrate_here")
    assert sum(one.quadrant == "concentrate_here" for one in found.attributes) == 5
