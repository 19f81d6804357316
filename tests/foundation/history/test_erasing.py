"""An erased customer is on no disk any more; everyone else's facts are untouched."""

import threading
from pathlib import Path

import pytest

from guanxi.foundation.history import Store, UnknownSnapshotError
from tests.foundation.history.facts import keys, keys_on_disk, line, lines

FORGOTTEN = "zoe-4711"


def named_in_any_file(history: Store, name: str) -> list[str]:
    files = [path for path in history.folder.rglob("*") if path.is_file()]
    assert files
    return [str(path) for path in files if name.encode() in path.read_bytes()]


@pytest.fixture
def three_batches(history: Store) -> Store:
    """Zoe is in two years and two batches, once as the greatest identity of its file."""
    history.append("order_lines", "one", lines(*(line(key) for key in range(20)), line(20, customer=FORGOTTEN)))
    history.append("order_lines", "two", lines(line(31, customer=FORGOTTEN), line(32, customer="bert")))
    history.append("order_lines", "three", lines(line(40, customer=None), line(41)))
    return history


def test_no_file_names_the_erased_customer(three_batches: Store) -> None:
    assert named_in_any_file(three_batches, FORGOTTEN)
    assert three_batches.erase("order_lines", [("shop", FORGOTTEN)]) == 2
    assert named_in_any_file(three_batches, FORGOTTEN) == []
    assert keys_on_disk(three_batches).isdisjoint({(FORGOTTEN, 20), (FORGOTTEN, 31)})
    assert keys(three_batches) == [*range(20), 32, 40, 41]


def test_the_same_id_of_another_source_stays(three_batches: Store) -> None:
    three_batches.append("order_lines", "till", lines(line(50, source="till", customer=FORGOTTEN)))
    three_batches.erase("order_lines", [("shop", FORGOTTEN)])
    assert three_batches.facts_of("order_lines", [("till", FORGOTTEN)])["line_key"].to_pylist() == [50]


def test_earlier_snapshots_go_with_the_erased(three_batches: Store) -> None:
    with three_batches.read() as reading:
        earlier = reading.snapshot("order_lines")
    three_batches.erase("order_lines", [("shop", FORGOTTEN)])
    with three_batches.read() as reading, pytest.raises(UnknownSnapshotError):
        reading.table("order_lines", snapshot=earlier)


def test_facts_that_only_an_earlier_snapshot_holds_are_erased_too(three_batches: Store) -> None:
    three_batches.withdraw("order_lines", "one")
    three_batches.withdraw("order_lines", "two")
    assert three_batches.erase("order_lines", [("shop", FORGOTTEN)]) == 0
    assert keys_on_disk(three_batches) == {(None, 40), ("anna", 41)}


def test_erasing_everyone_leaves_an_empty_history(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1)))
    assert history.erase("order_lines", [("shop", "anna")]) == 1
    assert keys(history) == []
    assert keys_on_disk(history) == set()
    assert history.append("order_lines", "one", lines(line(1))).already


def test_erasing_nobody_changes_nothing(three_batches: Store) -> None:
    before = keys(three_batches)
    assert three_batches.erase("order_lines", []) == 0
    assert three_batches.erase("order_lines", [("shop", "nobody")]) == 0
    assert keys(three_batches) == before


def test_an_erasure_waits_for_those_who_still_read_and_lets_others_write(three_batches: Store) -> None:
    with three_batches.read() as reading:
        facts = reading.table("order_lines")
        erasure = threading.Thread(target=three_batches.erase, args=("order_lines", [("shop", FORGOTTEN)]))
        erasure.start()
        while FORGOTTEN in three_batches.facts_of("order_lines", [("shop", FORGOTTEN)])["external_id"].to_pylist():
            pass  # the erasure commits first and clears the disk later
        three_batches.append("order_lines", "four", lines(line(60)))
        assert facts.filter(facts.external_id == FORGOTTEN).count().to_pyarrow().as_py() == 2
        assert erasure.is_alive()
    erasure.join(60)
    assert not erasure.is_alive()
    assert named_in_any_file(three_batches, FORGOTTEN) == []
    assert 60 in keys(three_batches)


def test_what_a_killed_reader_spilled_goes_too_and_what_a_living_one_spills_stays(three_batches: Store) -> None:
    left = three_batches.folder / "spill" / "4711"
    left.mkdir(parents=True)
    (left / "block").write_text(FORGOTTEN)
    with three_batches.read() as reading:
        ((place,),) = reading.duck.execute("SELECT current_setting('temp_directory')").fetchall()
        used = Path(place)
        used.mkdir()
        three_batches.append("order_lines", "four", lines(line(60)))
        assert used.exists()
        assert not left.exists()
    assert not used.exists()
