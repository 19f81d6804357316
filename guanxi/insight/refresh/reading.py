"""The first two steps: who is who, and what each source identity did on each day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from guanxi.foundation.history import Reading, store
from guanxi.insight.engines import Piece, facts
from guanxi.insight.models import Refresh
from guanxi.insight.refresh.days import days_of_identities
from guanxi.insight.refresh.exchange import copy_out
from guanxi.insight.refresh.folder import Folder
from guanxi.insight.refresh.work import Work

LINES = "order_lines"
WHO = ["source", "external_id"]
IDENTITIES = """
SELECT s.key, r.external_id, r.party_id
FROM customer_sourcerecord r JOIN customer_source s ON s.id = r.source_id
"""


def until(lines: ir.Table, day: date) -> ir.BooleanValue:
    """Up to and including a day of the company. One moment is compared: the day of every line would cost far more."""
    return lines["at"] < ibis.literal(day + timedelta(1)).cast(lines["at"].type())


def of_goods(lines: ir.Table) -> ir.Table:
    """The lines that sold something under an article's number."""
    return lines.filter(_.amount > 0, _.quantity > 0, _.sku.notnull())


def of_parties(lines: ir.Table, known: ir.Table, parties: ir.Table) -> ir.Table:
    """The lines of these parties, with the party. By identity first, so that the other lines are not joined."""
    theirs = known.semi_join(parties, "party")
    return lines.semi_join(theirs, WHO).join(theirs, WHO)


def read_identities(work: Work) -> dict[str, Any]:
    """Which party each source identity belongs to now, so that merges and their undoing are always seen."""
    types = {"source": "VARCHAR", "external_id": "VARCHAR", "party": "BIGINT"}
    return {"identities": copy_out(IDENTITIES, types, work.folder.identities)}


def read_days(work: Work) -> dict[str, Any]:
    """Reduce the order lines to days; after a published refresh, only those of identities with something new.

    The days of all others are taken over from its file. Identities that are no longer on record are left out. Then
    `touched` tells the following steps whose facts they have to read again.
    """
    with store().read() as reading, work.piece() as piece:
        lines, known = facts(piece, reading, LINES), piece.parquet(work.folder.identities)
        earlier = before(work)
        changed = _changed(reading, piece, earlier, known) if earlier else None
        told = {"snapshot": reading.snapshot(LINES), "timezone": work.timezone, "reduced": None}
        if earlier is None or changed is None:
            return told | {"rows": piece.write(days_of_identities(lines.semi_join(known, WHO)), work.folder.days)}
        again = piece.kept(changed)
        kept = piece.parquet(earlier.folder.days).semi_join(known, WHO).anti_join(again, WHO)
        fresh = days_of_identities(lines.semi_join(again, WHO)).select(kept.columns)
        rows = piece.write(ibis.union(kept, fresh), work.folder.days)
        if earlier.day <= work.day:
            piece.write(_touched(piece, earlier, known, again), work.folder.touched)
        return told | {"rows": rows, "reduced": piece.count(again)}


@dataclass(frozen=True)
class Before:
    """What the last published refresh has left to continue from: its files, the snapshot and the last day it saw."""

    folder: Folder
    snapshot: int
    day: date


def before(work: Work) -> Before | None:
    """None when everything has to be read: the first time, or when days were cut in another zone."""
    published = Refresh.objects.exclude(published_at=None).order_by("-pk").first()
    step = published.steps.filter(name="days").first() if published else None
    if published is None or step is None or step.facts["snapshot"] is None or step.facts["timezone"] != work.timezone:
        return None
    folder = Folder.of(published)
    if not (folder.days.exists() and folder.identities.exists()):
        return None
    return Before(folder, step.facts["snapshot"], work.day_of(published))


def _touched(piece: Piece, earlier: Before, known: ir.Table, again: ir.Table) -> ir.Table:
    """Parties with new facts, with other identities than before, or with facts of a day that was still to come."""
    then = piece.parquet(earlier.folder.identities)
    whole = [*WHO, "party"]
    ahead = piece.parquet(earlier.folder.days).filter(_.day > earlier.day)
    found = [
        known.semi_join(again, WHO),
        known.anti_join(then, whole),
        then.anti_join(known, whole),
        known.semi_join(ahead, WHO),
    ]
    return ibis.union(*(each.select("party") for each in found)).distinct()


def _changed(reading: Reading, piece: Piece, earlier: Before, known: ir.Table) -> ir.Table | None:
    """Identities with new facts, or new on record; None when it cannot be told."""
    found = reading.changed_since(LINES, earlier.snapshot)
    if found.everything:
        return None
    came_in = piece.rows(found.identities)
    new = known.anti_join(piece.parquet(earlier.folder.identities), WHO).select(WHO)
    return ibis.union(came_in, new).semi_join(known, WHO).distinct()
