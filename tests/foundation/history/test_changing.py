"""What came in since a snapshot, what was withdrawn, and how a dataset grows a column."""

from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
import pytest

from guanxi.foundation.history import Store, declare
from guanxi.foundation.history.datasets import ORDER_LINES
from guanxi.foundation.history.reading import Changed
from tests.foundation.history.facts import keys, line, lines


def changed(history: Store, snapshot: int | None) -> Changed:
    with history.read() as reading:
        assert snapshot is not None
        return reading.changed_since("order_lines", snapshot)


def current(history: Store) -> int | None:
    with history.read() as reading:
        return reading.snapshot("order_lines")


def test_only_those_whose_facts_came_in_later_have_changed(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1), line(2, customer="bert")))
    seen = current(history)
    assert changed(history, seen).identities.num_rows == 0
    history.append("order_lines", "two", lines(line(3, customer="bert"), line(4, customer=None)))
    history.compact("order_lines")
    since = changed(history, seen)
    assert not since.everything
    assert since.identities.to_pylist() == [{"source": "shop", "external_id": "bert"}]


def test_changes_are_told_even_when_the_snapshot_is_gone(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1)))
    seen = current(history)
    history.append("order_lines", "two", lines(line(2, customer="bert"), line(3, customer="cleo")))
    history.erase("order_lines", [("shop", "cleo")])
    assert changed(history, seen).identities.to_pylist() == [{"source": "shop", "external_id": "bert"}]


def test_after_a_withdrawal_everything_counts_as_changed(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1)))
    history.append("order_lines", "two", lines(line(2)))
    seen = current(history)
    history.withdraw("order_lines", "one")
    assert changed(history, seen).everything
    assert not changed(history, current(history)).everything


def test_an_unknown_snapshot_counts_as_everything_changed(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1)))
    assert changed(history, 4711).everything


def test_a_withdrawn_batch_is_out_and_may_come_in_again(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1), line(20)))
    history.append("order_lines", "two", lines(line(2)))
    assert history.withdraw("order_lines", "one") == 2
    assert history.withdraw("order_lines", "one") == 0
    assert keys(history) == [2]
    assert history.append("order_lines", "one", lines(line(1))).rows == 1
    assert keys(history) == [1, 2]


@pytest.fixture
def channel_column() -> Iterator[None]:
    """From the next batch on, order lines may say through which channel they came."""
    declare(replace(ORDER_LINES, columns=(*ORDER_LINES.columns, pa.field("channel", pa.string()))))
    yield
    declare(ORDER_LINES)


def test_facts_from_before_a_new_column_have_none_in_it(history: Store, request: pytest.FixtureRequest) -> None:
    history.append("order_lines", "one", lines(line(1)))
    request.getfixturevalue("channel_column")
    with history.read() as reading:
        assert reading.table("order_lines").channel.to_pyarrow().to_pylist() == [None]
    grown = lines(line(2)).append_column("channel", pa.array(["web"]))
    history.append("order_lines", "two", grown)
    history.append("order_lines", "three", lines(line(3)))
    history.compact("order_lines")
    with history.read() as reading:
        found = reading.table("order_lines").order_by("line_key").channel.to_pyarrow().to_pylist()
    assert found == [None, "web", None]
