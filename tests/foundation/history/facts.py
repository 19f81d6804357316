"""Order lines for the tests: small enough to count by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from guanxi.foundation.history.datasets import ORDER_LINES
from guanxi.foundation.history.store import Store

START = datetime(2024, 12, 20, 9, 30, tzinfo=UTC)
GIVEN = pa.schema([field for field in ORDER_LINES.schema if field.name != "batch"])


def line(key: int, customer: str | None = "anna", **changes: Any) -> dict[str, Any]:
    """One sale of two pieces; lines a day apart, so that twelve and more of them span two years."""
    return {
        "source": "shop",
        "external_id": customer,
        "line_key": key,
        "at": START + timedelta(days=key % 30),
        "order_id": f"O{key}",
        "sku": "tea",
        "description": "Green tea",
        "quantity": 2.0,
        "unit_price": 4.5,
        "amount": 9.0,
        "currency": "EUR",
        "country": "DE",
        "kind": "sale",
        **changes,
    }


def lines(*rows: dict[str, Any]) -> pa.Table:
    """Rows as they would be handed to `append`."""
    return pa.Table.from_pylist(list(rows), schema=GIVEN)


def keys(history: Store, source: str = "%") -> list[int]:
    """The line keys of a source, by default of all, sorted; a line that is there twice appears twice."""
    with history.read() as reading:
        query = f"SELECT line_key FROM {reading.view('order_lines')} WHERE source LIKE ? ORDER BY 1"
        return [key for (key,) in reading.duck.execute(query, [source]).fetchall()]


def keys_on_disk(history: Store) -> set[tuple[str, int]]:
    """Every (customer, line key) in any Parquet file below the folder, live or not."""
    with history.read() as reading:
        if not any(history.folder.rglob("*.parquet")):
            return set()
        glob = str(history.folder / "**" / "*.parquet")
        found = reading.duck.execute("SELECT external_id, line_key FROM read_parquet(?, union_by_name = true)", [glob])
        return set(found.fetchall())
