"""Reading the company's PostgreSQL from DuckDB, without a network: the extension comes as a wheel."""

from importlib.metadata import files
from pathlib import Path

import duckdb

from guanxi.foundation.duck import literal

WHEEL = "duckdb-extension-postgres-scanner"


def attach(connection: duckdb.DuckDBPyConnection, dsn: str, name: str) -> None:
    """Attach the database at `dsn` (libpq form, Unix sockets included) read-only under `name`."""
    connection.execute(f"LOAD {literal(str(_extension()))}")
    connection.execute(f"ATTACH {literal(dsn)} AS {name} (TYPE postgres, READ_ONLY)")


def _extension() -> Path:
    found = [Path(str(each.locate())) for each in files(WHEEL) or [] if each.suffix == ".duckdb_extension"]
    (extension,) = found
    return extension
