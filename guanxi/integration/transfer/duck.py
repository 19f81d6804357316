"""The DuckDB in which files are worked on: in memory, within bounds, alone with its folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from guanxi.foundation.duck import literal

MEMORY = "2GB"


@contextmanager
def workbench(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that spills into `folder` and thinks in UTC."""
    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(folder / "spill")}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def write_whole(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the answer of a query as Parquet; the file appears whole or not at all."""
    draft = path.with_suffix(".draft")
    connection.execute(
        f"COPY ({query}) TO {literal(str(draft))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000)"
    )
    draft.replace(path)
