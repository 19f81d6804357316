"""Compaction changes where facts lie, never which there are."""

from pathlib import Path

import pytest

from guanxi.foundation.history import Store, rewriting
from tests.foundation.history.facts import keys, line, lines


def live_files(history: Store) -> list[Path]:
    history.erase("order_lines", [])  # clears away all that is not live
    return list(history.folder.rglob("*.parquet"))


def test_many_small_files_become_one_for_each_year(history: Store) -> None:
    for batch in range(6):
        history.append("order_lines", f"batch {batch}", lines(line(batch), line(batch + 20)))
    assert len(live_files(history)) == 12
    assert history.compact("order_lines") == 10
    assert len(live_files(history)) == 2
    assert keys(history) == [*range(6), *range(20, 26)]


def test_compacted_facts_lie_in_order_of_customers(history: Store) -> None:
    for key, customer in enumerate(["cleo", "anna", None, "bert"]):
        history.append("order_lines", f"batch {key}", lines(line(key, customer=customer)))
    history.compact("order_lines")
    (path,) = live_files(history)
    with history.read() as reading:
        found = reading.duck.execute("SELECT external_id FROM read_parquet(?)", [str(path)]).fetchall()
    assert [customer for (customer,) in found] == ["anna", "bert", "cleo", None]


def test_a_compact_history_is_left_alone(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1), line(2)))
    assert history.compact("order_lines") == 0
    assert history.compact("order_lines") == 0


def test_batches_stay_known_and_can_be_withdrawn_after_compaction(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1)))
    history.append("order_lines", "two", lines(line(2)))
    history.compact("order_lines")
    assert history.append("order_lines", "one", lines(line(1))).already
    assert history.withdraw("order_lines", "one") == 1
    assert keys(history) == [2]


def test_a_trickle_is_merged_without_touching_the_bulk(history: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "FULL_FILE", 20)
    history.append("order_lines", "bulk", lines(*(line(key, at=line(1)["at"]) for key in range(100))))
    (bulk,) = history.folder.rglob("*.parquet")
    for key in (200, 201, 202):
        history.append("order_lines", f"day {key}", lines(line(key, at=line(1)["at"])))
    assert history.compact("order_lines") == 2
    assert bulk in live_files(history)
    assert keys(history) == [*range(100), 200, 201, 202]
