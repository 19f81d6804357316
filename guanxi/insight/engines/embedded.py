"""DuckDB in this process: the engine of one machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from guanxi.foundation.duck import literal
from guanxi.foundation.files import completed

MEMORY = "3GB"


@contextmanager
def bench(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB for one piece of work, bounded in memory; what does not fit is spilled into `folder`."""
    with duckdb.connect(config={"temp_directory": str(folder / "spill"), "memory_limit": MEMORY}) as database:
        database.execute("SET TimeZone = 'UTC'")
        yield database


class Embedded:
    """A DuckDB for every piece of work."""

    @contextmanager
    def piece(self, folder: Path, timezone: str) -> Iterator["EmbeddedPiece"]:
        """Begin a piece of work."""
        with bench(folder) as database:
            backend = ibis.duckdb.from_connection(database)
            database.execute(f"SET TimeZone = '{timezone}'")  # connecting has set it to UTC
            yield EmbeddedPiece(database, backend)


@dataclass
class EmbeddedPiece:
    database: duckdb.DuckDBPyConnection
    backend: Backend
    _made: int = 0

    def parquet(self, *files: str | Path) -> ir.Table:
        return self.backend.read_parquet([str(file) for file in files], union_by_name=True)

    def rows(self, table: pa.Table) -> ir.Table:
        name = self._name()
        self.database.register(name, table)
        return self.backend.table(name)

    def kept(self, rows: ir.Table) -> ir.Table:
        return self.backend.create_table(self._name(), rows, temp=True)

    def write(self, rows: ir.Table, target: Path) -> int:
        """DuckDB sums whole numbers into 128 bits, which Parquet would keep as floats."""
        whole = [name for name, kind in rows.schema().items() if kind.is_int64()]
        cast = ", ".join(f'CAST("{name}" AS BIGINT) AS "{name}"' for name in whole)
        shown = f"* REPLACE ({cast})" if whole else "*"
        with completed(target) as draft:
            (count,) = self.database.execute(
                f"COPY (SELECT {shown} FROM ({ibis.to_sql(rows, dialect='duckdb')}))"
                f" TO {literal(draft)} (FORMAT parquet)"
            ).fetchone() or (0,)
        return int(count)

    def answer(self, rows: ir.Table) -> pa.Table:
        return self.backend.to_pyarrow(rows)

    def count(self, rows: ir.Table) -> int:
        return int(self.backend.to_pyarrow(rows.count()).as_py())

    def _name(self) -> str:
        self._made += 1
        return f"rows_{self._made}"
