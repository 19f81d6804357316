"""Killed at any point and called again, a change is as if it had run once, and nothing half-done is left behind."""

import random

import psycopg
import pytest

from guanxi.foundation.history import Store
from guanxi.foundation.history.points import Point
from tests.foundation.history.facts import keys, keys_on_disk
from tests.foundation.history.killing import CHANGES, PATIENCE, begin, prepare, run_to_its_death

PREPARED = [1, 2, 3, 20, 21, 22, 23]
UNCOMMITTED = (Point.PARQUET_WRITTEN, Point.FILES_REGISTERED, Point.BEFORE_COMMIT)
# What the history holds after each change, and what it adds to the ledger.
OUTCOMES = {
    "append": ([1, 2, 3, 5, 20, 21, 22, 23, 25], [("append", "new", 2)]),
    "append_unknown": ([1, 2, 3, 5, 20, 21, 22, 23], [("append", "new", 1)]),
    "withdraw": ([1, 3, 20, 21, 22, 23], [("withdraw", "two", 1)]),
    "erase": ([1, 2, 20, 22, 23], [("erase", "", 2)]),
    "compact": (PREPARED, [("compact", "", 3), ("compact", "", 4)]),
}

QUICK = ("append", "erase")  # the others take the same way and are tried by `make prove`


def ledger(history: Store) -> list[tuple[str, str, int]]:
    """What the ledger says happened after the preparation; an erasure that found nobody left to erase is no news."""
    with psycopg.connect(history.dsn) as connection:
        return connection.execute(
            "SELECT kind, batch, rows FROM history_commit WHERE kind <> 'erase' OR rows > 0 ORDER BY id OFFSET 3"
        ).fetchall()


def assert_nothing_is_left_behind(history: Store) -> None:
    """After one more turn of anybody, the disk holds the live facts and nothing else."""
    history.erase("order_lines", [])
    assert sorted(key for _, key in keys_on_disk(history)) == keys(history)


@pytest.mark.parametrize("point", Point)
@pytest.mark.parametrize(
    "name", [*QUICK, *(pytest.param(name, marks=pytest.mark.prove) for name in OUTCOMES if name not in QUICK)]
)
def test_a_killed_change_called_again_is_as_if_it_had_run_once(history: Store, name: str, point: Point) -> None:
    prepare(history)
    run_to_its_death(history, name, point)
    if point in UNCOMMITTED:
        assert (keys(history), ledger(history)) == (PREPARED, [])
    CHANGES[name](history)
    assert (keys(history), ledger(history)) == OUTCOMES[name]
    if name == "erase":
        assert "zoe" not in {customer for customer, _ in keys_on_disk(history)}
    assert_nothing_is_left_behind(history)


@pytest.mark.parametrize("point", UNCOMMITTED)
def test_the_very_first_batch_may_be_killed_too(history: Store, point: Point) -> None:
    run_to_its_death(history, "append", point)
    CHANGES["append"](history)
    assert keys(history) == [5, 25]
    assert_nothing_is_left_behind(history)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(40))
def test_five_kills_at_random_moments_lose_and_double_nothing(history: Store, seed: int) -> None:
    chance = random.Random(seed)
    prepare(history)
    for name in chance.sample(sorted(CHANGES), len(CHANGES)):
        child = begin(history, name)
        child.join(chance.uniform(0.0, 0.4))
        child.kill()
        child.join(PATIENCE)
        CHANGES[name](history)
    # Whichever of the two batches called "new" came first is in; the other found it there.
    assert keys(history) in ([1, 5, 20, 22, 23], [1, 5, 20, 22, 23, 25])
    assert_nothing_is_left_behind(history)
