"""Files as people send them, and what came of importing them."""

import io
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from openpyxl import Workbook

from guanxi.foundation import history
from guanxi.integration.transfer.actions import map_columns, receive_file, start_import
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.place import place_of
from guanxi.integration.transfer.work import carry_on
from tests.world import NOW

DATA = Path(__file__).parents[4] / "shared" / "data"


def workbook(rows: list[list[Any]]) -> bytes:
    """An .xlsx with these rows."""
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def received(content: str | bytes, *, name: str = "file.csv", **facts: Any) -> Import:
    blocks = [content.encode() if isinstance(content, str) else content]
    return receive_file(name=name, blocks=blocks, by=None, at=NOW, **facts)


def imported(
    content: str | bytes, *, chunk_rows: int = 0, choices: dict[str, Any] | None = None, **facts: Any
) -> Import:
    """The import of a file, run to its end as it was proposed."""
    import_ = received(content, **facts)
    if choices:
        map_columns(
            import_=import_, kind=import_.kind, source=import_.source_key, mapping=import_.mapping, choices=choices
        )
    return run(import_, chunk_rows)


def run(import_: Import, chunk_rows: int = 0) -> Import:
    start_import(import_=import_, by=None, at=NOW, chunk_rows=chunk_rows)
    assert carry_on(import_id=import_.pk, clock=lambda: NOW)
    import_.refresh_from_db()
    assert not import_.failure
    return import_


def outcomes(import_: Import) -> list[tuple[int, str, str | None]]:
    """(row, outcome, reason) of every row."""
    files = sorted(place_of(import_.pk).outcomes.glob("*.parquet"))
    return [(row["row"], row["outcome"], row["reason"]) for file in files for row in pq.read_table(file).to_pylist()]


def lines(*columns: str, order: str = 'ORDER BY "at", order_id, sku, line_key') -> list[tuple[Any, ...]]:
    """These columns of every order line in the history, in the order of time and line."""
    listed = ", ".join(columns) or "*"
    with history.store().read() as reading:
        reading.table("order_lines")
        return reading.duck.execute(f"SELECT {listed} FROM order_lines {order}").fetchall()
