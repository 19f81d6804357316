"""The first two steps: who is who, and what each source identity did on each day."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from guanxi.foundation.duck import literal
from guanxi.foundation.history import Reading, store
from guanxi.insight.models import Refresh
from guanxi.insight.refresh.days import days_of_identities
from guanxi.insight.refresh.exchange import MEMORY, copy_out
from guanxi.insight.refresh.folder import Folder, completed
from guanxi.insight.refresh.work import Work

LINES = "order_lines"
WHO = ["source", "external_id"]
IDENTITIES = """
SELECT s.key, r.external_id, r.party_id
FROM customer_sourcerecord r JOIN customer_source s ON s.id = r.source_id
"""


def read_identities(work: Work) -> dict[str, Any]:
    """Which party each source identity belongs to now, so that merges and their undoing are always seen."""
    types = {"source": "VARCHAR", "external_id": "VARCHAR", "party": "BIGINT"}
    return {"identities": copy_out(IDENTITIES, types, work.folder.identities)}


def read_days(work: Work) -> dict[str, Any]:
    """Reduce the order lines to days; after a published refresh, only those of identities with something new.

    The days of all others are taken over from its file. Identities that are no longer on record are left out.
    """
    with store().read() as reading:
        reading.duck.execute(f"SET TimeZone = '{work.timezone}'")
        reading.duck.execute(f"SET memory_limit = '{MEMORY}'")
        lines = reading.table(LINES)
        known = reading.backend.read_parquet(str(work.folder.identities))
        before = _before(work)
        changed = _changed(reading, before, known) if before else None
        facts = {"snapshot": reading.snapshot(LINES), "timezone": work.timezone, "reduced": None}
        if before is None or changed is None:
            return facts | {"rows": _write(reading, days_of_identities(lines.semi_join(known, WHO)), work.folder.days)}
        again = reading.backend.create_table("again", changed, temp=True)
        kept = reading.backend.read_parquet(str(before.folder.days)).semi_join(known, WHO).anti_join(again, WHO)
        fresh = days_of_identities(lines.semi_join(again, WHO)).select(kept.columns)
        rows = _write(reading, ibis.union(kept, fresh), work.folder.days)
        return facts | {"rows": rows, "reduced": int(again.count().to_pyarrow().as_py())}


@dataclass(frozen=True)
class Before:
    """What the last published refresh has left to continue from."""

    folder: Folder
    snapshot: int


def _before(work: Work) -> Before | None:
    """None when everything has to be read: the first time, or when days were cut in another zone."""
    published = Refresh.objects.exclude(published_at=None).order_by("-pk").first()
    step = published.steps.filter(name="days").first() if published else None
    if published is None or step is None or step.facts["snapshot"] is None or step.facts["timezone"] != work.timezone:
        return None
    folder = Folder.of(published)
    return Before(folder, step.facts["snapshot"]) if folder.days.exists() and folder.identities.exists() else None


def _changed(reading: Reading, before: Before, known: ir.Table) -> ir.Table | None:
    """Identities with new facts, or new on record; None when it cannot be told."""
    found = reading.changed_since(LINES, before.snapshot)
    if found.everything:
        return None
    reading.duck.register("came_in", found.identities)
    came_in = reading.backend.table("came_in")
    new = known.anti_join(reading.backend.read_parquet(str(before.folder.identities)), WHO).select(WHO)
    return ibis.union(came_in, new).semi_join(known, WHO).distinct()


def _write(reading: Reading, rows: ir.Table, target: Path) -> int:
    """DuckDB sums whole numbers into 128 bits, which Parquet would keep as floats."""
    whole = ", ".join(f"CAST({name} AS BIGINT) AS {name}" for name in ("orders", "lines"))
    with completed(target) as draft:
        (count,) = reading.duck.execute(
            f"COPY (SELECT * REPLACE ({whole}) FROM ({ibis.to_sql(rows, dialect='duckdb')}))"
            f" TO {literal(draft)} (FORMAT parquet)"
        ).fetchone() or (0,)
    return int(count)
