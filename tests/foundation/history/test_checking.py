"""Rows that do not fit are named one by one, and then nothing of their batch is written."""

import math

import pyarrow as pa
import pytest

from guanxi.foundation.history import BatchRefusedError, Store
from tests.foundation.history.facts import keys, line, lines


def refused(history: Store, table: pa.Table) -> list[dict[str, object]]:
    with pytest.raises(BatchRefusedError) as caught:
        history.append("order_lines", "monday", table)
    assert keys(history) == []
    assert not list(history.folder.rglob("*.parquet"))
    return caught.value.rejections.to_pylist()


def test_every_cell_that_does_not_fit_is_named(history: Store) -> None:
    table = lines(line(1), line(2, kind="gift"), line(3, amount=math.inf), line(4))
    table = table.set_column(0, "source", pa.array(["shop", "shop", "shop", None]))
    assert refused(history, table) == [
        {"row": 2, "column": "kind", "reason": "not_a_choice", "value": "gift"},
        {"row": 3, "column": "amount", "reason": "not_finite", "value": "inf"},
        {"row": 4, "column": "source", "reason": "missing", "value": None},
    ]


def test_texts_are_converted_where_they_can_be_read(history: Store) -> None:
    table = lines(line(1), line(2)).drop_columns(["sku", "quantity"])
    assert refused(history, table.append_column("quantity", pa.array(["2", "two"]))) == [
        {"row": 2, "column": "quantity", "reason": "unreadable", "value": "two"}
    ]


def test_a_required_text_may_not_be_empty(history: Store) -> None:
    assert refused(history, lines(line(1, order_id=""))) == [
        {"row": 1, "column": "order_id", "reason": "missing", "value": ""}
    ]


def test_an_empty_customer_number_means_no_customer(history: Store) -> None:
    history.append("order_lines", "monday", lines(line(1, customer="")))
    assert history.facts_of("order_lines", [("shop", "")]).num_rows == 0
    assert keys(history) == [1]


def test_missing_and_unknown_columns_are_named(history: Store) -> None:
    table = lines(line(1)).drop_columns(["amount"]).append_column("mood", pa.array(["good"]))
    with pytest.raises(BatchRefusedError, match=r"missing columns \['amount'\], unknown columns \['mood'\]"):
        history.append("order_lines", "monday", table)


def test_a_refused_batch_may_come_again_in_better_shape(history: Store) -> None:
    refused(history, lines(line(1, kind="gift")))
    assert history.append("order_lines", "monday", lines(line(1))).rows == 1
