"""How a batch comes in: given rows are checked, known ones left out, the rest written in partitions."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import duckdb
import pyarrow as pa

from guanxi.foundation.duck import literal
from guanxi.foundation.history.checking import Extent, checked, given_columns
from guanxi.foundation.history.datasets import Dataset
from guanxi.foundation.history.parquet import BY_CUSTOMER, scan, spans, write

Facts: TypeAlias = pa.Table | Path | duckdb.DuckDBPyRelation
READERS = {".parquet": "read_parquet({})", ".csv": "read_csv({}, all_varchar = true)"}


@dataclass(frozen=True)
class Appended:
    """What became of a batch.

    rows: rows of the batch that are in the history now.
    known: line keys left out because their lines were there before (int64; only with `skip_known`).
    already: the batch had come in earlier and nothing was done.
    """

    rows: int
    known: pa.ChunkedArray = field(default_factory=lambda: pa.chunked_array([], pa.int64()))
    already: bool = False


def give(connection: duckdb.DuckDBPyConnection, facts: Facts, spill: Path) -> None:
    """Make the rows handed over readable as the view `given`, without passing files through Python's memory."""
    if isinstance(facts, pa.Table):
        connection.register("given", facts)
        return
    path = _spooled(facts, spill) if isinstance(facts, duckdb.DuckDBPyRelation) else facts
    reader = READERS[path.suffix.lower()].format(literal(str(path)))
    connection.execute(f"CREATE TEMP VIEW given AS SELECT * FROM {reader}")


def _spooled(relation: duckdb.DuckDBPyRelation, spill: Path) -> Path:
    """A relation lives on its own connection and may be costly: it is worked out once, onto disk."""
    spill.mkdir(parents=True, exist_ok=True)
    path = spill / "given.parquet"
    relation.write_parquet(str(path))
    return path


def stage(connection: duckdb.DuckDBPyConnection, dataset: Dataset, batch: str) -> Extent:
    """Check `given` and make the view `staged` of it; raises `BatchRefusedError`."""
    columns = given_columns(connection, dataset)
    extent = checked(connection, dataset, columns)
    typed = {column.field.name: column.typed for column in columns} | {"batch": literal(batch)}
    listed = ", ".join(f'{typed[name]} AS "{name}"' for name in dataset.schema.names if name in typed)
    connection.execute(f"CREATE TEMP VIEW staged AS SELECT {listed} FROM given")
    return extent


def leave_out_known(connection: duckdb.DuckDBPyConnection, extent: Extent, live: list[str]) -> pa.ChunkedArray:
    """Take lines that are there already out of `staged`; their keys.

    A line is known by its key within its source. Only lines of the batch's own time are compared.
    """
    connection.execute("CREATE TEMP TABLE known (source VARCHAR, line_key BIGINT)")
    if live and extent.rows:
        connection.execute(
            "INSERT INTO known SELECT source, line_key FROM staged SEMI JOIN"
            f' (SELECT source, line_key FROM {scan(live)} WHERE "at" BETWEEN ? AND ?) USING (source, line_key)',
            [extent.first, extent.last],
        )
    connection.execute("ALTER VIEW staged RENAME TO offered")
    connection.execute("CREATE TEMP VIEW staged AS SELECT * FROM offered ANTI JOIN known USING (source, line_key)")
    return connection.execute("SELECT line_key FROM known").to_arrow_table()["line_key"]


def write_staged(connection: duckdb.DuckDBPyConnection, dataset: Dataset, extent: Extent, folder: Path) -> list[Path]:
    """Write `staged` below `folder`, each file inside one partition."""
    if extent.first is None or extent.last is None:
        return []
    written: list[Path] = []
    for start, end in spans(dataset, extent.first, extent.last):
        inside = f"\"at\" >= '{start.isoformat()}' AND \"at\" < '{end.isoformat()}'"
        written += write(connection, f"SELECT * FROM staged WHERE {inside} {BY_CUSTOMER}", folder)
    return written
