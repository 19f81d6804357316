"""The history of one company: append, read, erase, compact. See docs/history.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from guanxi.foundation.duck import literal
from guanxi.foundation.history.datasets import all_declared, declared
from guanxi.foundation.history.identities import Identity, as_table
from guanxi.foundation.history.intake import Appended, Facts, give, leave_out_known, stage, write_staged
from guanxi.foundation.history.moving import follow
from guanxi.foundation.history.parquet import workbench
from guanxi.foundation.history.points import Point, reach
from guanxi.foundation.history.reading import Reading
from guanxi.foundation.history.rewriting import merged, mergers, without
from guanxi.foundation.history.turns import locked, turn, wait_for_readers

GOING = "(source, external_id) IN (SELECT source, external_id FROM going)"


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
            known = (
                leave_out_known(duck, extent, [each.file_path for each in mine.live_files()])
                if skip_known
                else Appended(0).known
            )
            added = write_staged(duck, shape, extent, mine.data)
            reach(Point.PARQUET_WRITTEN)
            rows = extent.rows - len(known)
            mine.commit("append", rows=rows, batch=batch, added=added)
            return Appended(rows, known)

    def read(self) -> Reading:
        """Open a reading: `with store.read() as history: history.table("order_lines")`. Others may write meanwhile."""
        return Reading(self.dsn, self.folder)

    def look(self) -> Reading:
        """The same for SQL over the facts of single customers, in a tenth of the time: `history.duck`, `history.view`.

        What it reads must fit in memory.
        """
        return Reading(self.dsn, self.folder, is_brief=True)

    def facts_of(self, dataset: str, identities: Iterable[Identity]) -> pa.Table:
        """Every fact of these identities as it is now, in order of time; columns as declared."""
        with self.read() as reading:
            return reading.facts_of(dataset, identities)

    def erase(self, dataset: str, identities: Iterable[Identity]) -> int:
        """Remove every fact of these identities, from the live files and from the disk; how many facts.

        Answers only when no file and no earlier snapshot holds them any more, so it waits for open readings of earlier
        snapshots: never call it inside one. Killed in between, the next change of the dataset finishes the clearing.
        """
        shape, going = declared(dataset), as_table(identities)
        with turn(self.dsn, shape, self.folder) as mine, workbench(mine.spill) as duck:
            duck.register("going", going)
            change = without(duck, GOING, mine.live_files(), mine.data)
            reach(Point.PARQUET_WRITTEN)
            mine.commit("erase", rows=change.rows, added=change.added, removed=change.removed)
            still_read = mine.sweep()
        while still_read:
            wait_for_readers(self.dsn, still_read)
            with turn(self.dsn, shape, self.folder) as mine:
                still_read = mine.sweep()
        return change.rows

    def withdraw(self, dataset: str, batch: str) -> int:
        """Take a whole batch out again; how many facts. A batch that is not in is left alone; it may come in again."""
        shape = declared(dataset)
        with turn(self.dsn, shape, self.folder) as mine, workbench(mine.spill) as duck:
            if mine.appended(batch) is None:
                return 0
            mine.sweep()
            change = without(duck, f"batch = {literal(batch)}", mine.live_files(), mine.data)
            reach(Point.PARQUET_WRITTEN)
            mine.commit("withdraw", rows=change.rows, batch=batch, added=change.added, removed=change.removed)
            return change.rows

    def compact(self, dataset: str) -> int:
        """Merge small files into few sorted ones, one commit per partition; how many files there are fewer."""
        shape, done, fewer = declared(dataset), set[int](), 0
        while True:
            with turn(self.dsn, shape, self.folder) as mine, workbench(mine.spill) as duck:
                mine.sweep()
                todo = ((partition, files) for partition, files in mergers(mine.live_files()) if partition not in done)
                partition, files = next(todo, (None, []))
                if partition is None:
                    return fewer
                change = merged(duck, files, mine.data)
                reach(Point.PARQUET_WRITTEN)
                mine.commit("compact", rows=change.rows, added=change.added, removed=change.removed)
                done.add(partition)
                fewer += len(change.removed) - len(change.added)

    def follow_move(self) -> None:
        """After the folder was moved or restored elsewhere: make the catalogue find every dataset below it again."""
        for dataset in all_declared():
            with locked(self.dsn, dataset) as connection, connection.begin():
                follow(connection, dataset, self.folder)
