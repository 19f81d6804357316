"""Measuring a programme: from its rows and the history to one verdict row."""

import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
from django.db import connection

from guanxi.foundation.history import store
from guanxi.insight.models import Programme, Verdict
from guanxi.insight.programmes.judging import Course, judged, too_early
from guanxi.insight.programmes.outcomes import collect, load_units, look
from guanxi.insight.refresh.exchange import copy_out

LOOKS = 14  # at most, spread evenly over the outcome window

# One row per customer: whom a merge has given two arms leaves the analysis, and the first exposure counts.
UNITS = """
SELECT a.party_id, min(a.arm), min(e.at)
FROM insight_assignment a LEFT JOIN insight_exposure e
  ON e.programme_id = a.programme_id AND e.source_record_id = a.source_record_id AND e.at < %s
WHERE a.programme_id = %s
GROUP BY a.party_id HAVING count(DISTINCT a.arm) = 1 AND count(e.at) > 0
"""
CONFLICTS = """
SELECT count(*) FROM (
    SELECT 1 FROM insight_assignment WHERE programme_id = %s GROUP BY party_id HAVING count(DISTINCT arm) > 1
) merged
"""
WHO = """
SELECT s.key, r.external_id, r.party_id
FROM customer_sourcerecord r JOIN customer_source s ON s.id = r.source_id
WHERE r.party_id IN (SELECT party_id FROM insight_exposure WHERE programme_id = %s)
"""


@dataclass(frozen=True)
class Span:
    """When the customers were exposed."""

    first: datetime
    last: datetime


def measure(*, programme: Programme, at: datetime) -> Verdict:
    """Read what the exposed customers of both arms bought until `at`, and note what may be said.

    While the programme runs the interval is the confidence sequence; once it is closed and the last outcome window has
    run out, it is the fixed-horizon interval, read once: a final verdict is returned as it stands.
    """
    final = programme.verdicts.filter(is_final=True).first()
    if final is not None:
        return final
    with tempfile.TemporaryDirectory(prefix="guanxi-measure-") as folder, store().read() as history:
        units, who = Path(folder) / "units.parquet", Path(folder) / "who.parquet"
        copy_out(UNITS, {"party": "BIGINT", "arm": "VARCHAR", "exposed_at": "TIMESTAMPTZ"}, units, [at, programme.pk])
        copy_out(WHO, {"source": "VARCHAR", "external_id": "VARCHAR", "party": "BIGINT"}, who, [programme.pk])
        load_units(history.duck, units, who)
        span = _span(history.duck)
        if span is None:
            return too_early(programme, at=at, conflicts=_conflicts(programme))
        until = f"TIMESTAMPTZ '{at.isoformat()}'"
        collect(history.duck, history.view("order_lines"), after=programme.outcome_days, until=until)
        course = _course(history.duck, programme, span, at)
    return judged(programme, course, at=at, conflicts=_conflicts(programme))


def _span(database: duckdb.DuckDBPyConnection) -> Span | None:
    found = database.execute("SELECT min(exposed_at), max(exposed_at), count(DISTINCT arm) FROM units").fetchone()
    return Span(found[0], found[1]) if found and found[2] == 2 else None


def _course(database: duckdb.DuckDBPyConnection, programme: Programme, span: Span, at: datetime) -> Course:
    """The looks: whole days that everybody exposed has behind them, and the last one at what there is now."""
    days = programme.outcome_days
    behind = min((at - span.last) // timedelta(days=1), days)
    step = max(1, -(-days // LOOKS))
    marks = sorted({*range(step, behind + 1, step), behind} - {0})
    ended = hasattr(programme, "closure") and at >= span.last + timedelta(days=days)
    looks = {day: look(database, day=day, outcome=programme.outcome) for day in marks}
    return Course(first=span.first, last=span.last, days=days, looks=looks, has_ended=ended)


def _conflicts(programme: Programme) -> int:
    with connection.cursor() as cursor:
        cursor.execute(CONFLICTS, [programme.pk])
        return int(cursor.fetchone()[0])
