"""Reading: a DuckDB through Ibis over one unchanging snapshot of every dataset it is asked for."""

from functools import cached_property
from pathlib import Path
from typing import Self

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend
from pyiceberg.table import Table
from sqlalchemy import Connection, TextClause, text

from guanxi.foundation.history.catalogue import Catalogue, engine, found_table, live_files
from guanxi.foundation.history.checking import SQL_TYPES
from guanxi.foundation.history.datasets import Dataset, declared
from guanxi.foundation.history.parquet import scan
from guanxi.foundation.history.postgres import attach

HOLD = text("SELECT pg_advisory_lock_shared(:snapshot)")
RELEASE = text("SELECT pg_advisory_unlock_shared(:snapshot)")


class UnknownSnapshotError(LookupError):
    """The snapshot never was, has expired, or had to go because of an erasure."""


class Reading:
    """An open reading. While it is open, the files of the snapshots it has looked at stay where they are.

    duck: the DuckDB connection, for SQL. Tables of one reading can be joined with each other and with `company`'s.
    """

    def __init__(self, dsn: str, folder: Path) -> None:
        self._dsn = dsn
        self._folder = folder
        self._connection: Connection = engine(dsn).connect()
        self.duck = duckdb.connect(config={"temp_directory": str(folder / "spill")})
        self.duck.execute("SET TimeZone = 'UTC'")
        self._attached = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.duck.close()
        self._connection.close()

    @cached_property
    def backend(self) -> Backend:
        """The Ibis backend of this reading."""
        return ibis.duckdb.from_connection(self.duck)

    def table(self, name: str, *, snapshot: int | None = None) -> ir.Table:
        """A dataset as it is now, or was in `snapshot`: one row per fact, columns as declared.

        Empty before the first batch. Raises `UnknownSnapshotError`.
        """
        return self.backend.table(self.view(name, snapshot=snapshot))

    def view(self, name: str, *, snapshot: int | None = None) -> str:
        """The same for SQL on `duck`: makes a view of the dataset and answers its name."""
        dataset = declared(name)
        table, held = self._held(dataset, snapshot)
        files = [file.file_path for file in live_files(table, held)] if table else []
        view = name if snapshot is None else f"{name}_{snapshot}"
        self.duck.execute(f"CREATE OR REPLACE VIEW {view} AS {_select(dataset, files)}")
        return view

    def company(self, name: str) -> ir.Table:
        """A table of the company's database as it is now, read-only, for joins with the history."""
        if not self._attached:
            attach(self.duck, self._dsn, "company")
            self._attached = True
        return self.backend.table(name, database=("company", "public"))

    def _held(self, dataset: Dataset, snapshot: int | None) -> tuple[Table | None, int | None]:
        """The table and the snapshot to read, which from now on nobody clears away."""
        while True:
            table = self._found(dataset)
            wanted = snapshot if table is None or snapshot is not None else table.metadata.current_snapshot_id
            if table is None or wanted is None:
                return table, None
            if table.snapshot_by_id(wanted) is None:
                raise UnknownSnapshotError(f"{dataset.name} has no snapshot {wanted}.")
            self._run(HOLD, wanted)
            if (again := self._found(dataset)) and again.snapshot_by_id(wanted):
                return again, wanted
            self._run(RELEASE, wanted)  # cleared away between looking and holding

    def _found(self, dataset: Dataset) -> Table | None:
        with self._connection.begin():
            return found_table(Catalogue(self._connection), dataset, self._folder)

    def _run(self, statement: TextClause, snapshot: int) -> None:
        with self._connection.begin():
            self._connection.execute(statement, {"snapshot": snapshot})


def _select(dataset: Dataset, files: list[str]) -> str:
    """SQL over the files in the declared columns, also while some or all files lack a column."""
    columns = ", ".join(f'CAST(NULL AS {SQL_TYPES[field.type]}) AS "{field.name}"' for field in dataset.schema)
    shape = f"SELECT {columns} WHERE false"
    return f"{shape} UNION ALL BY NAME SELECT * FROM {scan(files)}" if files else shape
