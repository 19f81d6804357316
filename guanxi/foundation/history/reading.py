"""Reading: a DuckDB through Ibis over one unchanging snapshot of every dataset it is asked for."""

import secrets
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend
from pyiceberg.table import Table
from sqlalchemy import Connection, TextClause, text

from guanxi.foundation.history import ledger
from guanxi.foundation.history.catalogue import Catalogue, engine, found_table, live_files
from guanxi.foundation.history.checking import SQL_TYPES
from guanxi.foundation.history.datasets import Dataset, declared
from guanxi.foundation.history.identities import COLUMNS, Identity, as_table
from guanxi.foundation.history.parquet import scan, workbench
from guanxi.foundation.history.postgres import attach
from guanxi.foundation.history.spills import spill_of_reading
from guanxi.foundation.history.standing import seat

HOLD = text("SELECT pg_advisory_lock_shared(:name)")
CAME_IN = "external_id IS NOT NULL AND list_contains(?, batch)"
RELEASE = text("SELECT pg_advisory_unlock_shared(:name)")


class UnknownSnapshotError(LookupError):
    """The snapshot never was, has expired, or had to go because of an erasure."""


@dataclass(frozen=True)
class Changed:
    """Identities (source, external_id) with facts that came in since some snapshot.

    everything: it cannot be told, because a batch was withdrawn since or the snapshot is unknown: treat all as changed.
    Erased identities are not listed: who erases knows them, and nobody else may.
    """

    identities: pa.Table = field(default_factory=COLUMNS.empty_table)
    everything: bool = False


class Reading:
    """An open reading. While it is open, the files of the snapshots it has looked at stay where they are.

    duck: the DuckDB connection, for SQL. Tables of one reading can be joined with each other and with `company`'s.
    A brief reading shares the DuckDB of its process: it is for SQL over few facts, through `view`.
    """

    def __init__(self, dsn: str, folder: Path, *, is_brief: bool = False) -> None:
        self._dsn = dsn
        self._folder = folder
        self._attached = False
        self._view = "TEMP VIEW" if is_brief else "VIEW"
        self._snapshots: dict[str, int | None] = {}
        self._files: dict[str, list[str]] = {}
        with ExitStack() as opened:
            self._connection: Connection = opened.enter_context(engine(dsn).connect())
            name = secrets.randbits(62)
            self._run(HOLD, name)
            self.duck = opened.enter_context(seat() if is_brief else workbench(spill_of_reading(folder, name)))
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._opened.close()

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
        view = name if snapshot is None else f"{name}_{snapshot}"
        if view not in self._snapshots:
            dataset = declared(name)
            table, self._snapshots[view] = self._held(dataset, snapshot)
            files = [file.file_path for file in live_files(table, self._snapshots[view])] if table else []
            self.duck.execute(f"CREATE {self._view} {view} AS {_select(dataset, files)}")
            self._files[view] = files
        return view

    def files(self, name: str) -> list[str]:
        """The Parquet files of a dataset, for whoever reads them otherwise than with `duck`, while this is open.

        A file may lack columns that were declared after it was written.
        """
        return self._files[self.view(name)]

    def snapshot(self, name: str) -> int | None:
        """The snapshot of a dataset that this reading sees, to be kept for `changed_since`; None before any batch."""
        return self._snapshots[self.view(name)]

    def facts_of(self, name: str, identities: Iterable[Identity]) -> pa.Table:
        """Every fact of these identities, in order of time; columns as declared."""
        self.duck.register("wanted", as_table(identities))
        facts = self.duck.sql(f"FROM {self.view(name)} SEMI JOIN wanted USING (source, external_id)")
        return facts.order('"at", line_key').to_arrow_table()

    def changed_since(self, name: str, snapshot: int) -> Changed:
        """Whose facts have come in after `snapshot`, which need not be readable any more."""
        view = self.view(name)
        with self._connection.begin():
            entries = ledger.entries_after(self._connection, name, snapshot)
        if entries is None or any(entry.kind == "withdraw" for entry in entries):
            return Changed(everything=True)
        batches = [entry.batch for entry in entries if entry.kind == "append"]
        found = self.duck.execute(f"SELECT DISTINCT source, external_id FROM {view} WHERE {CAME_IN}", [batches])
        return Changed(found.to_arrow_table())

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

    def _run(self, statement: TextClause, name: int) -> None:
        with self._connection.begin():
            self._connection.execute(statement, {"name": name})


def _select(dataset: Dataset, files: list[str]) -> str:
    """SQL over the files in the declared columns, also while some or all files lack a column."""
    columns = ", ".join(f'CAST(NULL AS {SQL_TYPES[field.type]}) AS "{field.name}"' for field in dataset.schema)
    shape = f"SELECT {columns} WHERE false"
    return f"{shape} UNION ALL BY NAME SELECT * FROM {scan(files)}" if files else shape
