"""Whoever reads sees one state of the history, whatever others do meanwhile."""

import os

import duckdb
import ibis
import pyarrow as pa
import pytest
from pyiceberg.catalog.sql import SqlCatalog

from guanxi.foundation.history import Store, UnknownSnapshotError
from guanxi.foundation.history.catalogue import Catalogue, engine
from guanxi.foundation.history.datasets import ORDER_LINES
from tests.foundation.history.facts import keys, line, lines


def test_before_the_first_batch_there_is_an_empty_table(history: Store) -> None:
    with history.read() as reading:
        assert reading.table("order_lines").schema().names == tuple(ORDER_LINES.schema.names)
        assert reading.table("order_lines").count().to_pyarrow().as_py() == 0
        assert reading.snapshot("order_lines") is None


def test_one_customer_is_found_over_all_sources_in_order_of_time(history: Store) -> None:
    history.append("order_lines", "one", lines(line(5), line(3, customer="bert"), line(2)))
    history.append("order_lines", "two", lines(line(4, source="till", customer="A7"), line(1, customer="A7")))
    found = history.facts_of("order_lines", [("shop", "anna"), ("till", "A7")])
    assert found["line_key"].to_pylist() == [2, 4, 5]


def test_facts_are_joined_with_an_identity_map_when_they_are_read(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1), line(2, customer="bert"), line(3, customer=None)))
    people = pa.table({"source": ["shop", "shop"], "external_id": ["anna", "bert"], "party": [7, 7]})
    with history.read() as reading:
        facts = reading.table("order_lines")
        joined = facts.join(ibis.memtable(people), ["source", "external_id"])
        spent = joined.group_by("party").agg(amount=joined.amount.sum()).to_pyarrow().to_pylist()
    assert spent == [{"party": 7, "amount": 18.0}]


def test_tables_of_the_company_can_be_joined(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1)))
    with history.read() as reading:
        ledger = reading.company("history_commit")
        facts = reading.table("order_lines")
        assert facts.join(ledger, facts.batch == ledger.batch).kind_right.to_pyarrow().to_pylist() == ["append"]


def test_an_open_reading_sees_nothing_of_what_comes_later(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1)))
    with history.read() as reading:
        before = reading.table("order_lines")
        history.append("order_lines", "two", lines(line(2)))
        history.compact("order_lines")
        assert before.line_key.to_pyarrow().to_pylist() == [1]
        assert reading.table("order_lines").line_key.to_pyarrow().to_pylist() == [1]
    assert keys(history) == [1, 2]


def test_an_earlier_snapshot_stays_readable(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1)))
    with history.read() as reading:
        earlier = reading.snapshot("order_lines")
    history.append("order_lines", "two", lines(line(2)))
    with history.read() as reading:
        assert reading.table("order_lines", snapshot=earlier).line_key.to_pyarrow().to_pylist() == [1]
        assert reading.table("order_lines").count().to_pyarrow().as_py() == 2


def test_a_snapshot_that_never_was_is_refused(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1)))
    with history.read() as reading, pytest.raises(UnknownSnapshotError, match="4711"):
        reading.table("order_lines", snapshot=4711)


def test_any_iceberg_reader_finds_the_same_facts(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1), line(2, customer=None)))
    catalogue: SqlCatalog = Catalogue(engine(history.dsn))
    table = catalogue.load_table(("history", "order_lines"))
    assert table.scan(row_filter="external_id = 'anna'").to_arrow()["line_key"].to_pylist() == [1]
    assert table.current_snapshot().summary["guanxi.batch"] == "one"


def test_a_reading_larger_than_memory_goes_through_the_disk(history: Store) -> None:
    with history.read() as reading:
        reading.duck.execute("SET memory_limit = '150MB'; SET threads = 1")
        reading.duck.execute(
            "CREATE TABLE much AS SELECT hash(i) AS h, i || 'abcdefghij' AS s FROM range(3000000) t(i)"
        )
        assert reading.duck.execute("SELECT count(DISTINCT s) FROM much").fetchall() == [(3_000_000,)]


def test_looks_at_single_customers_do_not_see_each_other(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1), line(2, customer="bert")))
    ask = "SELECT line_key FROM {lines} SEMI JOIN wanted USING (source, external_id) ORDER BY line_key"
    with history.look() as anna, history.look() as bert:
        for look, customer in ((anna, "anna"), (bert, "bert")):
            look.duck.register("wanted", pa.table({"source": ["shop"], "external_id": [customer]}))
        assert anna.duck.execute(ask.format(lines=anna.view("order_lines"))).fetchall() == [(1,)]
        history.append("order_lines", "two", lines(line(3, customer="bert")))
        assert bert.duck.execute(ask.format(lines=bert.view("order_lines"))).fetchall() == [(2,), (3,)]
        assert anna.duck.execute(ask.format(lines=anna.view("order_lines"))).fetchall() == [(1,)]


def test_a_forked_child_looks_for_itself(history: Store) -> None:
    history.append("order_lines", "one", lines(line(1)))
    count = "SELECT count(*) FROM {lines}"
    with history.look() as look:
        assert look.duck.execute(count.format(lines=look.view("order_lines"))).fetchone() == (1,)
    child = os.fork()
    if child == 0:
        with history.look() as look:
            found = look.duck.execute(count.format(lines=look.view("order_lines"))).fetchone()
        os._exit(0 if found == (1,) else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_a_look_at_one_customer_cannot_take_the_memory_of_the_machine(history: Store) -> None:
    with history.look() as looking, pytest.raises(duckdb.OutOfMemoryException):
        looking.duck.execute("SELECT count(*) FROM (SELECT DISTINCT range || 'a longer text' FROM range(40_000_000))")
