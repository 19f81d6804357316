"""Many processes at once: imports, a compaction, an erasure, readers."""

from multiprocessing.process import BaseProcess

import pytest

from guanxi.foundation.history import Store
from tests.foundation.history.facts import keys, keys_on_disk, line, lines
from tests.foundation.history.killing import CONTEXT, PATIENCE


def import_batches(history: Store, source: str, rounds: int) -> None:
    for key in range(rounds):
        history.append("order_lines", f"{source} {key}", lines(line(key, source=source), line(key + 20, source=source)))


def tidy(history: Store, rounds: int) -> None:
    for _ in range(rounds):
        history.compact("order_lines")


def forget(history: Store, rounds: int) -> None:
    for _ in range(rounds):
        history.erase("order_lines", [("till", "anna")])


def started(*jobs: tuple[object, ...]) -> list[BaseProcess]:
    children = [CONTEXT.Process(target=target, args=arguments) for target, *arguments in jobs]  # type: ignore[arg-type]
    for child in children:
        child.start()
    return children


@pytest.mark.parametrize("rounds", [2, pytest.param(12, marks=pytest.mark.prove)])
def test_nobody_loses_a_fact_of_anybody(history: Store, rounds: int) -> None:
    importers = [(import_batches, history, source, rounds) for source in ("shop", "till")]
    children = started(*importers, (tidy, history, rounds), (forget, history, rounds))
    seen = 0
    while any(child.is_alive() for child in children):
        shop = len(keys(history, source="shop"))
        assert shop >= seen, "a reader saw facts disappear"
        assert shop % 2 == 0, "a reader saw half a batch"
        seen = shop
    for child in children:
        child.join(PATIENCE)
        assert child.exitcode == 0
    history.erase("order_lines", [("till", "anna")])
    assert keys(history) == [*range(rounds), *range(20, 20 + rounds)]
    assert {key for _, key in keys_on_disk(history)} == set(keys(history))
