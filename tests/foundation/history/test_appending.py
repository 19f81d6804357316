"""A batch comes in whole, once, or not at all."""

from pathlib import Path

import duckdb
import pyarrow.csv
import pyarrow.parquet
import pytest

from guanxi.foundation.history import Store
from guanxi.foundation.history.datasets import UnknownDatasetError
from tests.foundation.history.facts import keys, line, lines


def test_a_batch_can_be_read_as_it_was_handed_over(history: Store) -> None:
    taken = history.append("order_lines", "monday", lines(line(1), line(2, customer=None)))
    with history.read() as reading:
        found = reading.table("order_lines").order_by("line_key").to_pyarrow().to_pylist()
    assert taken.rows == 2
    assert not taken.already
    assert found == [line(1) | {"batch": "monday"}, line(2, customer=None) | {"batch": "monday"}]


def test_the_same_batch_twice_changes_nothing_and_says_so(history: Store) -> None:
    history.append("order_lines", "monday", lines(line(1)))
    again = history.append("order_lines", "monday", lines(line(1), line(2)))
    assert again.already
    assert again.rows == 1
    assert keys(history) == [1]


def test_an_empty_batch_is_remembered(history: Store) -> None:
    assert history.append("order_lines", "sunday", lines()).rows == 0
    assert history.append("order_lines", "sunday", lines(line(1))).already
    assert keys(history) == []


def test_lines_that_are_known_are_left_out_and_named(history: Store) -> None:
    history.append("order_lines", "monday", lines(line(1), line(2)))
    taken = history.append("order_lines", "tuesday", lines(line(2), line(3)), skip_known=True)
    assert taken.rows == 1
    assert taken.known.to_pylist() == [2]
    assert keys(history) == [1, 2, 3]


def test_another_source_may_use_the_same_line_keys(history: Store) -> None:
    history.append("order_lines", "monday", lines(line(1)))
    taken = history.append("order_lines", "till", lines(line(1, source="till")), skip_known=True)
    assert taken.rows == 1
    assert keys(history) == [1, 1]


def test_a_batch_reaching_over_new_year_lies_in_two_partitions(history: Store) -> None:
    history.append("order_lines", "winter", lines(*(line(key) for key in range(25))))
    assert len(list(history.folder.rglob("*.parquet"))) == 2
    assert keys(history) == list(range(25))


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_files_and_relations_come_in_like_tables(history: Store, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"it's given{suffix}"
    given = lines(line(1), line(2, customer=None))
    if suffix == ".csv":
        pyarrow.csv.write_csv(given, path)
    else:
        pyarrow.parquet.write_table(given, path)
    history.append("order_lines", "file", path)
    with duckdb.connect() as elsewhere:
        history.append("order_lines", "relation", elsewhere.from_arrow(given))
    facts = history.facts_of("order_lines", [("shop", "anna")]).drop_columns(["batch"]).to_pylist()
    assert facts == [line(1), line(1)]
    assert keys(history) == [1, 1, 2, 2]


def test_an_undeclared_dataset_is_refused_by_name(history: Store) -> None:
    with pytest.raises(UnknownDatasetError, match="moods"):
        history.append("moods", "monday", lines())
