"""Every night the day's small files become few."""

from datetime import UTC, datetime

import pyarrow as pa

from guanxi.foundation.history import Store
from guanxi.foundation.history.jobs import compact_nightly


def line(number: int) -> dict[str, object]:
    return {
        "source": "till",
        "external_id": "acme",
        "line_key": number,
        "at": datetime(2026, 3, 1, 12, number, tzinfo=UTC),
        "order_id": str(number),
        "sku": "P1",
        "description": "lantern",
        "quantity": 1.0,
        "unit_price": 9.0,
        "amount": 9.0,
        "currency": "GBP",
        "country": "GB",
        "kind": "sale",
    }


def live_files(history: Store) -> int:
    with history.read() as reading:
        view = reading.view("order_lines")
        (text,) = reading.duck.execute("SELECT sql FROM duckdb_views() WHERE view_name = ?", [view]).fetchall()[0]
    return str(text).count(".parquet")


def test_the_night_merges_small_files_and_loses_no_line(history: Store) -> None:
    for number in range(5):
        history.append("order_lines", f"batch {number}", pa.Table.from_pylist([line(number)]))

    assert live_files(history) == 5
    compact_nightly()

    assert live_files(history) == 1
    kept = history.facts_of("order_lines", [("till", "acme")])
    assert sorted(kept["line_key"].to_pylist()) == [0, 1, 2, 3, 4]
