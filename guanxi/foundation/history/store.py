"""The history of one company: append, read, erase, compact. See docs/history.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from guanxi.foundation.history.datasets import declared
from guanxi.foundation.history.intake import Appended, Facts, give, leave_out_known, stage, write_staged
from guanxi.foundation.history.parquet import workbench
from guanxi.foundation.history.points import Point, reach
from guanxi.foundation.history.reading import Reading
from guanxi.foundation.history.turns import turn

Identity = tuple[str, str]  # (source, external id)


@dataclass(frozen=True)
class Store:
    """Bulk facts below `folder`, with their catalogue and ledger in the PostgreSQL at `dsn` (libpq form)."""

    folder: Path
    dsn: str

    def append(self, dataset: str, batch: str, facts: Facts, *, skip_known: bool = False) -> Appended:
        """Take a batch in, whole or not at all; a batch that is in already stays as it is.

        facts: an Arrow table, a DuckDB relation, or the path of a Parquet or CSV file, with the dataset's columns but
            `batch`; values that are not in the declared type are converted. Empty external ids mean no customer.
        skip_known: leave out lines whose `line_key` the same source has brought before.
        Raises `BatchRefusedError` with every cell that does not fit.
        """
        shape = declared(dataset)
        with turn(self.dsn, shape, self.folder) as mine, workbench(mine.spill) as duck:
            if earlier := mine.appended(batch):
                return Appended(earlier.rows, already=True)
            mine.sweep()
            give(duck, facts, mine.spill)
            extent = stage(duck, shape, batch)
            known = leave_out_known(duck, extent, mine.live_paths()) if skip_known else Appended(0).known
            added = write_staged(duck, shape, extent, mine.data)
            reach(Point.PARQUET_WRITTEN)
            rows = extent.rows - len(known)
            mine.commit("append", rows=rows, batch=batch, added=added)
            return Appended(rows, known)

    def read(self) -> Reading:
        """Open a reading: `with store.read() as history: history.table("order_lines")`. Others may write meanwhile."""
        return Reading(self.dsn, self.folder)

    def facts_of(self, dataset: str, identities: Iterable[Identity]) -> pa.Table:
        """Every fact of these identities as it is now, in order of time; columns as declared."""
        with self.read() as reading:
            reading.view(dataset)
            wanted = pairs(identities)
            reading.duck.register("wanted", wanted)
            return reading.duck.execute(
                f"SELECT facts.* FROM {dataset} facts SEMI JOIN wanted USING (source, external_id)"
                ' ORDER BY "at", line_key'
            ).to_arrow_table()


def pairs(identities: Iterable[Identity]) -> pa.Table:
    """Identities as a table of two text columns."""
    listed = list(identities)
    schema = pa.schema([("source", pa.string()), ("external_id", pa.string())])
    return pa.table([[source for source, _ in listed], [identity for _, identity in listed]], schema=schema)
