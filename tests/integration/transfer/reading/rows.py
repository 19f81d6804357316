"""What a file says once it is read: without a company, a database or a server."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from guanxi.integration.transfer.files.reading import Reading, guessed_reading, read

Row = dict[str, Any]


def rows_of(folder: Path, content: bytes | str, **changes: Any) -> tuple[list[Row], Reading]:
    """Each row with its filled cells by column, its number as `row`, and its `problem` if it has one."""
    path = folder / "original"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    guessed = guessed_reading(path)
    table, how = read(path, folder / "rows.parquet", Reading(**{**guessed.facts(), **changes}))
    found = pq.read_table(folder / "rows.parquet").to_pylist()
    assert len(found) == table.rows
    return [_named(row, table.header) for row in found], how


def _named(row: Row, header: list[str]) -> Row:
    named = {name: row[f"c{place}"] for place, name in enumerate(header) if row[f"c{place}"]}
    return {"row": row["row"], **named, **({"problem": row["problem"]} if row["problem"] else {})}
