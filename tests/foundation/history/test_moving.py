"""A folder that was moved is noticed before anything is touched, and found again when asked to."""

import shutil

import pytest

from guanxi.foundation.history import MisplacedHistoryError, Store
from tests.foundation.history.facts import keys, keys_on_disk, line, lines


@pytest.fixture
def moved(history: Store) -> Store:
    """Two batches and a withdrawn one, restored at another place; the old place is gone."""
    for key in (1, 20, 2):
        history.append("order_lines", f"batch {key}", lines(line(key)))
    history.withdraw("order_lines", "batch 2")
    elsewhere = Store(history.folder.parent / "restored" / "history", history.dsn)
    shutil.move(history.folder, elsewhere.folder)
    return elsewhere


def test_nobody_reads_or_writes_where_the_catalogue_does_not_point(moved: Store) -> None:
    files = sorted(moved.folder.glob("order_lines/**/*"))
    with pytest.raises(MisplacedHistoryError):
        keys(moved)
    with pytest.raises(MisplacedHistoryError):
        moved.append("order_lines", "batch 3", lines(line(3)))
    assert sorted(moved.folder.glob("order_lines/**/*")) == files


def test_a_restored_history_goes_on_where_it_was(moved: Store) -> None:
    moved.follow_move()
    assert keys(moved) == [1, 20]
    assert moved.append("order_lines", "batch 1", lines(line(1))).already
    moved.append("order_lines", "batch 3", lines(line(3, customer="zoe")))
    assert moved.erase("order_lines", [("shop", "anna")]) == 2
    assert keys_on_disk(moved) == {("zoe", 3)}


def test_following_a_folder_that_did_not_move_changes_nothing(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1)))
    with history.read() as reading:
        before = reading.snapshot("order_lines")
    history.follow_move()
    with history.read() as reading:
        assert reading.snapshot("order_lines") == before
