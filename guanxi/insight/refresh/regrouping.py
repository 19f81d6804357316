"""Readings between two refreshes, when customers were merged or parted since the last one read who is who.

What was bought is summed anew, exactly, from the days that the refresh has kept. What a model says of one customer
among all others (expected value, strength, stage, tier, tags) cannot be computed for a few alone: until the next
refresh the survivor's stands, and suggestions and needs are taken back. Who is as the refresh knew them gets back just
what it published.
"""

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction
from django.db.models import Q
from ibis import _

from guanxi.customer.merging.forest import trees
from guanxi.customer.models import Computation, Merge, Party, Reading, SourceRecord, Split
from guanxi.insight.engines import Embedded
from guanxi.insight.models import Need, Refresh, Suggestion
from guanxi.insight.refresh.days import days_of_parties
from guanxi.insight.refresh.folder import Folder
from guanxi.insight.refresh.run import without_refresh
from guanxi.insight.refresh.scoring import bought_so_far
from guanxi.insight.refresh.statistics import statistics
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores.figures import Figures

Identities = dict[int, set[tuple[str, str]]]
Rows = dict[int, dict[str, Any]]


def regroup() -> int:
    """Bring the readings of all merged or parted since the last refresh up to date; how many customers have one now.

    Nothing happens where no refresh has left its files. Raises RefreshRunning, to be tried again.
    """
    with without_refresh(), transaction.atomic():
        published = Refresh.objects.exclude(published_at=None).order_by("-pk").first()
        computation = Computation.objects.order_by("-pk").first()
        if published is None or computation is None or not Folder.of(published).readings.exists():
            return 0
        parties = concerned(published.started_at)
        work = Work(published, Folder.of(published), published.started_at)
        return _replace(work, parties, computation) if parties else 0


def concerned(since: datetime) -> list[int]:
    """Whoever was merged or parted since then, with all who stand in one tree with them."""
    lately = Q(at__gte=since) | Q(undone_at__gte=since)
    merges = Merge.objects.filter(lately).values_list("absorbed", "survivor")
    splits = Split.objects.filter(lately).values_list("party", "record__home")
    return trees({party for pair in (*merges, *splits) for party in pair})


def _replace(work: Work, parties: list[int], computation: Computation) -> int:
    """One transaction: nobody sees a customer without the reading it had, or twice."""
    now, then = identities_now(parties), identities_then(work.folder.identities, parties)
    published = _rows(work.folder.readings, parties)
    changed = {party for party in now if now[party] != then.get(party)}
    summed = _summed(work, {party: now[party] for party in changed})
    rows = {
        party: published.get(party, {}) | summed.get(party, {})
        for party in now
        if party in published or party in summed
    }
    Reading.objects.filter(pk__in=parties).delete()
    Reading.objects.bulk_create(
        Reading(**_said(row), party_id=party, computation=computation) for party, row in rows.items()
    )
    Suggestion.objects.filter(pk__in=parties).delete()
    suggested = _rows(work.folder.suggestions, sorted(set(now) - changed))
    Suggestion.objects.bulk_create(
        Suggestion(**row | {"reasons": json.loads(row["reasons"])}, party_id=party) for party, row in suggested.items()
    )
    Need.objects.filter(party__in=parties).delete()
    Need.objects.bulk_create(Need(**row) for row in _table(work.folder.needs, sorted(set(now) - changed)))
    return len(rows)


def identities_now(parties: list[int]) -> Identities:
    """The source identities of each of these customers who is on record."""
    found: Identities = {pk: set() for pk in Party.objects.filter(pk__in=parties).values_list("pk", flat=True)}
    records = SourceRecord.objects.filter(party__in=list(found))
    for party, source, external_id in records.values_list("party", "source__key", "external_id"):
        found[party].add((source, external_id))
    return found


def identities_then(file: Path, parties: list[int]) -> Identities:
    """The same as a refresh, or a making of offers, has read them."""
    found: Identities = {}
    for row in pq.read_table(file, filters=[("party", "in", parties)]).to_pylist():
        found.setdefault(row["party"], set()).add((row["source"], row["external_id"]))
    return found


def _rows(file: Path, parties: list[int]) -> Rows:
    return {row.pop("party_id"): row for row in _table(file, parties)}


def _table(file: Path, parties: list[int]) -> list[dict[str, Any]]:
    if not file.exists():
        return []  # the refresh was one of an earlier release
    return list(pq.read_table(file, filters=[("party_id", "in", parties)]).to_pylist())


def _summed(work: Work, identities: Identities) -> Rows:
    """The plain sums of these customers as of the last refresh, by the refresh's own definitions."""
    known = [(source, number, party) for party, held in identities.items() for source, number in sorted(held)]
    if not known:
        return {}
    columns = [list(values) for values in zip(*known, strict=True)]
    who = pa.table(dict(zip(("source", "external_id", "party"), columns, strict=True)))
    with tempfile.TemporaryDirectory(prefix="guanxi-regroup-") as folder:
        target = Path(folder) / "statistics.parquet"
        with Embedded().piece(Path(folder), work.timezone) as piece:  # few customers, and somebody waits
            days, identified = piece.parquet(work.folder.days), piece.rows(who)
            bought = piece.kept(days_of_parties(days, identified).filter(_.day <= work.day))
            piece.write(statistics(bought, work.day), target)
        sums = bought_so_far(Figures.read(target, work.day))
    return {row.pop("party_id"): row for row in pa.table(sums).to_pylist()}


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known: the model's own defaults say that."""
    return {name: value for name, value in row.items() if value is not None}
