"""Many processes at once: imports, a compaction, an erasure, readers."""

from multiprocessing.process import BaseProcess

from guanxi.foundation.history import Store
from tests.foundation.history.facts import keys, keys_on_disk, line, lines
from tests.foundation.history.killing import CONTEXT, PATIENCE

BATCHES = 3


def import_batches(history: Store, source: str) -> None:
    for key in range(BATCHES):
        history.append("order_lines", f"{source} {key}", lines(line(key, source=source), line(key + 20, source=source)))


def tidy(history: Store) -> None:
    for _ in range(BATCHES):
        history.compact("order_lines")


def forget(history: Store) -> None:
    for _ in range(BATCHES):
        history.erase("order_lines", [("till", "anna")])


def started(*jobs: tuple[object, ...]) -> list[BaseProcess]:
    children = [CONTEXT.Process(target=target, args=arguments) for target, *arguments in jobs]  # type: ignore[arg-type]
    for child in children:
        child.start()
    return children


def test_nobody_loses_a_fact_of_anybody(history: Store) -> None:
    children = started(
        (import_batches, history, "shop"), (import_batches, history, "till"), (tidy, history), (forget, history)
    )
    seen = 0
    while any(child.is_alive() for child in children):
        with history.read() as reading:
            facts = reading.table("order_lines")
            shop = facts.filter(facts.source == "shop").count().to_pyarrow().as_py()
        assert shop >= seen, "a reader saw facts disappear"
        assert shop % 2 == 0, "a reader saw half a batch"
        seen = shop
    for child in children:
        child.join(PATIENCE)
        assert child.exitcode == 0
    history.erase("order_lines", [("till", "anna")])
    assert keys(history) == sorted([*range(BATCHES), *range(20, 20 + BATCHES)])
    assert {key for _, key in keys_on_disk(history)} == set(keys(history))
