"""The ledger of commits: which batches are in, and what happened after a snapshot."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, text

RECORD = text(
    "INSERT INTO history_commit (dataset, kind, batch, snapshot, rows, at)"
    " VALUES (:dataset, :kind, :batch, :snapshot, :rows, :at)"
)
LATEST_OF_BATCH = text(
    "SELECT kind, snapshot, rows FROM history_commit WHERE dataset = :dataset AND batch = :batch"
    " ORDER BY id DESC LIMIT 1"
)
AFTER = text(
    "SELECT kind, batch FROM history_commit WHERE dataset = :dataset AND id >"
    " (SELECT max(id) FROM history_commit WHERE dataset = :dataset AND snapshot = :snapshot) ORDER BY id"
)
KNOWS_SNAPSHOT = text("SELECT EXISTS (SELECT 1 FROM history_commit WHERE dataset = :dataset AND snapshot = :snapshot)")
BEFORE_ERASURE = text(
    "SELECT DISTINCT snapshot FROM history_commit WHERE dataset = :dataset AND snapshot IS NOT NULL AND id <"
    " (SELECT max(id) FROM history_commit WHERE dataset = :dataset AND kind = 'erase')"
)


@dataclass(frozen=True)
class Entry:
    """One line of the ledger; `rows` added (append) or taken out (withdraw, erase) or rewritten (compact)."""

    kind: str
    snapshot: int | None
    rows: int
    batch: str = ""


def record(connection: Connection, dataset: str, entry: Entry) -> None:
    """Add a line, in the transaction that changes the table."""
    values = {"kind": entry.kind, "batch": entry.batch, "snapshot": entry.snapshot, "rows": entry.rows}
    connection.execute(RECORD, {"dataset": dataset, "at": datetime.now(UTC), **values})


def appended(connection: Connection, dataset: str, batch: str) -> Entry | None:
    """How this batch came in, unless it never did or was withdrawn since."""
    row = connection.execute(LATEST_OF_BATCH, {"dataset": dataset, "batch": batch}).one_or_none()
    if row is None or row.kind != "append":
        return None
    return Entry(row.kind, row.snapshot, row.rows, batch)


def entries_after(connection: Connection, dataset: str, snapshot: int) -> list[Entry] | None:
    """What happened after a snapshot, oldest first; None if the ledger does not know the snapshot."""
    place = {"dataset": dataset, "snapshot": snapshot}
    if not connection.execute(KNOWS_SNAPSHOT, place).scalar_one():
        return None
    return [Entry(row.kind, None, 0, row.batch) for row in connection.execute(AFTER, place)]


def snapshots_before_erasure(connection: Connection, dataset: str) -> set[int]:
    """The snapshots that may still hold what has been erased."""
    return set(connection.execute(BEFORE_ERASURE, {"dataset": dataset}).scalars())
