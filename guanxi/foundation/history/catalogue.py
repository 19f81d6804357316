"""The Iceberg side: tables, their partitions, and which files are live in a snapshot."""

from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pyarrow as pa
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.exceptions import NoSuchTableError
from pyiceberg.manifest import DataFile
from pyiceberg.table import Table
from pyiceberg.transforms import MonthTransform, Transform, YearTransform
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from guanxi.foundation.history.datasets import Dataset

NAMESPACE = "history"
ATTEMPTS = 20
TRANSFORMS: dict[str, Transform[Any, Any]] = {"year": YearTransform(), "month": MonthTransform()}
# Iceberg keeps column bounds in its own metadata. Bounds of personal columns would outlive an erasure there, and the
# Parquet footers hold them anyway, so only the partition's column and the source keep theirs.
PROPERTIES = {
    "format-version": "2",
    "commit.manifest-merge.enabled": "true",
    "write.metadata.metrics.default": "none",
    "write.metadata.metrics.column.at": "full",
    "write.metadata.metrics.column.source": "full",
}


class Catalogue(SqlCatalog):
    """pyiceberg's SQL catalogue over an engine or connection of ours.

    On a connection with an open transaction its commit becomes part of that transaction, which is how batch and files
    become known together. The tables belong to our migrations, so nothing is probed or created.
    """

    def __init__(self, access: Engine | Connection, **properties: str) -> None:
        super().__init__("guanxi", uri="postgresql+psycopg://", **properties)
        self.engine = access  # type: ignore[assignment]  # a Session takes either

    def _init_catalog(self) -> None:
        self._schema_version = "v1"


@cache
def engine(dsn: str) -> Engine:
    """Connections to the company's database; none is kept, so a server restart or a fork finds no stale one."""
    return create_engine("postgresql+psycopg://", creator=partial(psycopg.connect, dsn), poolclass=NullPool)


def identifier(dataset: Dataset) -> tuple[str, str]:
    """The table's name in the catalogue."""
    return (NAMESPACE, dataset.name)


class MisplacedHistoryError(Exception):
    """Catalogue and folder do not belong together: the folder was moved, lost, or belongs to another database."""


def found_table(catalogue: Catalogue, dataset: Dataset, folder: Path) -> Table | None:
    """The dataset's table, None before its first batch; raises `MisplacedHistoryError`."""
    for _ in range(ATTEMPTS):
        try:
            table = catalogue.load_table(identifier(dataset))
        except NoSuchTableError:
            return None
        except FileNotFoundError:
            continue  # a sweep took the previous metadata away between our finding its name and opening it
        if Path(table.location()).is_relative_to(folder):
            return table
        raise MisplacedHistoryError(f"{dataset.name} lies in {table.location()}, not in {folder}.")
    raise MisplacedHistoryError(f"The catalogue's metadata of {dataset.name} is not on disk below {folder}.")


def prepared_table(catalogue: Catalogue, dataset: Dataset, folder: Path) -> Table:
    """The dataset's table, created or widened to the declaration. To be called inside a transaction."""
    table = found_table(catalogue, dataset, folder)
    if table is None:
        # In a folder of its own, so that clearing away never touches what another database knows.
        return created_table(catalogue, dataset, folder / dataset.name / uuid4().hex[:8])
    missing = [field for field in dataset.schema if field.name not in table.schema().column_names]
    if missing:
        with table.update_schema() as update:
            update.union_by_name(_all_nullable(pa.schema(missing)))
    return catalogue.load_table(identifier(dataset))


def created_table(catalogue: Catalogue, dataset: Dataset, location: Path) -> Table:
    """A new, empty table at `location`. To be called inside a transaction."""
    catalogue.create_namespace_if_not_exists(NAMESPACE)
    schema = _all_nullable(dataset.schema)
    table = catalogue.create_table(identifier(dataset), schema, location=str(location), properties=PROPERTIES)
    with table.update_spec() as spec:
        spec.add_field("at", TRANSFORMS[dataset.span], f"at_{dataset.span}")
    return catalogue.load_table(identifier(dataset))


def _all_nullable(schema: pa.Schema) -> pa.Schema:
    """DuckDB marks every Parquet column optional, so the table must too; required columns are checked on intake."""
    return pa.schema([field.with_nullable(True) for field in schema])


def live_files(table: Table, snapshot: int | None = None) -> list[DataFile]:
    """The data files of a snapshot, by default the current one."""
    if table.current_snapshot() is None:
        return []
    return [task.file for task in table.scan(snapshot_id=snapshot).plan_files()]
