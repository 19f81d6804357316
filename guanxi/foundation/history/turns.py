"""One process's turn at changing one dataset: the lock, the commit, and clearing away what nobody needs any more."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pyiceberg.io.pyarrow import parquet_file_to_data_file
from pyiceberg.manifest import DataFile
from pyiceberg.table import Table
from sqlalchemy import Connection, text

from guanxi.foundation.history import ledger
from guanxi.foundation.history.catalogue import Catalogue, engine, identifier, live_files, prepared_table
from guanxi.foundation.history.datasets import Dataset
from guanxi.foundation.history.parquet import force_to_disk
from guanxi.foundation.history.points import Point, reach
from guanxi.foundation.history.spills import clear_spills

KEPT = timedelta(days=2)  # how long a snapshot that nobody reads stays readable
TAKE_TURN = text("SELECT pg_advisory_lock(hashtextextended('guanxi.history.' || :dataset, 0))")
AWAIT_READERS = text("SELECT pg_advisory_xact_lock(:snapshot)")
CLAIM_SNAPSHOT = text("SELECT pg_try_advisory_xact_lock(:snapshot)")


@dataclass(frozen=True)
class Turn:
    """Everything a change needs. Only its holder writes below `folder`, the table's place in the history's `root`."""

    connection: Connection
    dataset: Dataset
    root: Path
    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def spill(self) -> Path:
        return self.folder / "spill"

    def table(self) -> Table:
        """The dataset's table as it stands."""
        with self.connection.begin():
            return Catalogue(self.connection).load_table(identifier(self.dataset))

    def live_files(self) -> list[DataFile]:
        """The files that make up the dataset now."""
        return live_files(self.table())

    def appended(self, batch: str) -> ledger.Entry | None:
        """How this batch came in, unless it never did or was withdrawn since."""
        with self.connection.begin():
            return ledger.appended(self.connection, self.dataset.name, batch)

    def commit(
        self, kind: str, *, rows: int, batch: str = "", added: Sequence[Path] = (), removed: Sequence[DataFile] = ()
    ) -> int | None:
        """Swap files and write the ledger in one database transaction; the snapshot that is current afterwards."""
        with self.connection.begin():
            table = Catalogue(self.connection).load_table(identifier(self.dataset))
            if added or removed:
                _swap(table, added, removed, {"guanxi.kind": kind, "guanxi.batch": batch})
            reach(Point.FILES_REGISTERED)
            current = table.current_snapshot()
            snapshot = current.snapshot_id if current else None
            ledger.record(self.connection, self.dataset.name, ledger.Entry(kind, snapshot, rows, batch))
            force_to_disk([*(self.folder / "metadata").iterdir(), self.folder / "metadata"])
            reach(Point.BEFORE_COMMIT)
        reach(Point.AFTER_COMMIT)
        return snapshot

    def sweep(self) -> list[int]:
        """Expire old and condemned snapshots, delete every file nobody refers to; condemned snapshots still being read.

        A snapshot is condemned when an erasure came after it. One that somebody reads is left for the next sweep.
        """
        table = self.table()
        condemned = self._condemned(table)
        self._expire(condemned | _old(table))
        reach(Point.SNAPSHOTS_EXPIRED)
        table = self.table()
        _delete_all_but(_referenced(table), self.folder)
        with self.connection.begin():
            clear_spills(self.connection, self.root)
        reach(Point.FILES_SWEPT)
        return sorted(condemned & {each.snapshot_id for each in table.snapshots()})

    def _condemned(self, table: Table) -> set[int]:
        with self.connection.begin():
            before_erasure = ledger.snapshots_before_erasure(self.connection, self.dataset.name)
        return before_erasure & _past_snapshots(table)

    def _expire(self, snapshots: set[int]) -> None:
        with self.connection.begin():
            unread = [
                each for each in snapshots if self.connection.execute(CLAIM_SNAPSHOT, {"snapshot": each}).scalar()
            ]
            if unread:
                table = Catalogue(self.connection).load_table(identifier(self.dataset))
                table.maintenance.expire_snapshots().by_ids(unread).commit()


@contextmanager
def turn(dsn: str, dataset: Dataset, folder: Path) -> Iterator[Turn]:
    """Wait for the dataset's turn and hold it; the database gives it back even if this process is killed."""
    with locked(dsn, dataset) as connection:
        with connection.begin():
            table = prepared_table(Catalogue(connection), dataset, folder)
        reach(Point.TURN_TAKEN)
        yield Turn(connection, dataset, folder, Path(table.location()))


@contextmanager
def locked(dsn: str, dataset: Dataset) -> Iterator[Connection]:
    """A connection that holds the dataset's lock until it is closed."""
    with engine(dsn).connect() as connection:
        with connection.begin():
            connection.execute(TAKE_TURN, {"dataset": dataset.name})
        yield connection


def wait_for_readers(dsn: str, snapshots: list[int]) -> None:
    """Wait until nobody reads these snapshots any more."""
    with engine(dsn).begin() as connection:
        for snapshot in snapshots:
            connection.execute(AWAIT_READERS, {"snapshot": snapshot})


def _swap(table: Table, added: Sequence[Path], removed: Sequence[DataFile], summary: dict[str, str]) -> None:
    if not removed:
        paths = [str(path) for path in added]
        table.add_files(paths, snapshot_properties=summary, check_duplicate_files=False)
        return
    with table.transaction() as change, change.update_snapshot(snapshot_properties=summary).overwrite() as snapshot:
        for file in removed:
            snapshot.delete_data_file(file)
        for path in added:
            snapshot.append_data_file(parquet_file_to_data_file(table.io, change.table_metadata, str(path)))


def _past_snapshots(table: Table) -> set[int]:
    current = table.current_snapshot()
    return {each.snapshot_id for each in table.snapshots() if current and each.snapshot_id != current.snapshot_id}


def _old(table: Table) -> set[int]:
    limit = (datetime.now(UTC) - KEPT).timestamp() * 1000
    return {each.snapshot_id for each in table.snapshots() if each.timestamp_ms < limit} & _past_snapshots(table)


def _referenced(table: Table) -> set[str]:
    """Every file that the table still needs: metadata, manifest lists, manifests, data."""
    manifests = {each.manifest_path: each for snapshot in table.snapshots() for each in snapshot.manifests(table.io)}
    lists = {snapshot.manifest_list for snapshot in table.snapshots()}
    entries = (entry for each in manifests.values() for entry in each.fetch_manifest_entry(table.io))
    return {table.metadata_location, *lists, *manifests, *(entry.data_file.file_path for entry in entries)}


def _delete_all_but(referenced: set[str], folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif str(path) not in referenced:
            path.unlink()
