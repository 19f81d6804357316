"""Records as they are without the delivery: what differs from now is written, nothing else."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from guanxi.customer.intake.belongings import Change, written
from guanxi.customer.intake.bulk import as_json, copy_in
from guanxi.customer.intake.standing import Effect
from guanxi.customer.models import SupersededPayload, Telling
from guanxi.customer.takeback import rows
from guanxi.customer.takeback.questions import withdraw_questions
from guanxi.customer.takeback.rehearing import Life, Retold, Told
from guanxi.foundation.arrays import as_array

WORDS = """
    UPDATE customer_sourcerecord AS record SET payload = fresh.payload, fields = fresh.fields, as_of = fresh.as_of,
           received_at = fresh.received_at, telling_id = fresh.telling, delivery_id = fresh.delivery
      FROM unnest(%s::bigint[], %s::jsonb[], %s::jsonb[], %s::timestamptz[], %s::timestamptz[], %s::bigint[],
           %s::bigint[]) AS fresh (id, payload, fields, as_of, received_at, telling, delivery)
     WHERE record.id = fresh.id
"""

MOMENTS = """
    UPDATE customer_supersededpayload AS earlier SET as_of = fresh.as_of, received_at = fresh.received_at,
           superseded_at = fresh.superseded_at, telling_id = fresh.telling
      FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::bigint[])
           AS fresh (id, as_of, received_at, superseded_at, telling)
     WHERE earlier.id = fresh.id
"""
# A customer entered the record by the telling with which his record begins, if it was this record that he entered by.
ENTERED = """
    WITH fresh AS (SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[], %s::timestamptz[])
                       AS fresh (record, heard_at, by, created_at)),
         entered AS (UPDATE customer_event AS event SET at = heard_at, recorded_at = heard_at, by_id = fresh.by
                       FROM fresh WHERE event.source_record_id = fresh.record AND event.kind = 'customer.created'
                  RETURNING record, created_at)
    UPDATE customer_party AS party SET created_at = entered.created_at
      FROM entered JOIN customer_sourcerecord AS begun ON begun.id = entered.record WHERE party.id = begun.home_id
"""
NAMING = """
    UPDATE customer_telling SET said = said || '{"belongings": []}', did = did || %s::jsonb WHERE id = ANY(%s)
"""
DID = """
    UPDATE customer_telling AS told SET did = fresh.did
      FROM unnest(%s::bigint[], %s::jsonb[]) AS fresh (id, did) WHERE told.id = fresh.id
"""
EARLIER = ("source_record_id", "payload", "fields", "as_of", "received_at", "superseded_at", "telling_id")

Pair = tuple[Life, Retold]


def restore(pairs: Sequence[Pair], delivery: int) -> set[int]:
    """Write the new lives; the records of which a verified identifier stays though it would go."""
    kept = {life.record for life, new in pairs if rows.keep_verified(life, new)}
    rows.write(pairs)
    _restore_words(pairs)
    _begin_anew([(life.record, new.first) for life, new in pairs if new.first])
    _restore_tellings(pairs)
    withdraw_questions(pairs, delivery)
    records = [life.record for life, _ in pairs]
    Telling.objects.filter(source_record__in=records, delivery=delivery).delete()
    _keep_naming([new.first for _, new in pairs if new.first])
    return kept


def _keep_naming(firsts: Sequence[Told]) -> None:
    """A telling that its record begins with now is one no more, but for the owner that it names or gave."""
    Telling.objects.filter(pk__in=[each.pk for each in firsts if each.owner is None]).delete()
    naming = [each.pk for each in firsts if each.owner is not None]
    _run(NAMING, as_json({"effect": Effect.SAME, "added": [], "displaced": []}), naming)


def _restore_words(pairs: Sequence[Pair]) -> None:
    """What counts, and what was said before it. Rows that stay the same stay the same rows."""
    current = [(life, new, new.standing.current) for life, new in pairs if new.standing.current]
    rows = [
        (
            life.record,
            as_json(said.payload),
            as_json(said.fields),
            said.as_of,
            said.received_at,
            said.telling,
            new.first.delivery if new.first else life.delivery,
        )
        for life, new, said in current
    ]
    _write(WORDS, rows)
    stored: defaultdict[int, dict[int | None, SupersededPayload]] = defaultdict(dict)
    for row in SupersededPayload.objects.filter(source_record__in=[life.record for life, _ in pairs]):
        stored[row.source_record_id][row.telling_id] = row
    missing, moved = [], []
    for life, new in pairs:
        for each in new.standing.earlier:
            brought_by = new.first.pk if new.first and each.telling is None else each.telling
            said_when = (each.as_of, each.received_at, each.superseded_at, each.telling)
            there = stored[life.record].pop(brought_by, None)
            if there is None:
                missing.append((life.record, as_json(dict(each.payload)), as_json(dict(each.fields)), *said_when))
            elif said_when != (there.as_of, there.received_at, there.superseded_at, there.telling_id):
                moved.append((there.pk, *said_when))
    copy_in(SupersededPayload, EARLIER, missing)
    _write(MOMENTS, moved)
    SupersededPayload.objects.filter(pk__in=[row.pk for rows in stored.values() for row in rows.values()]).delete()


def _begin_anew(firsts: Sequence[tuple[int, Told]]) -> None:
    _write(ENTERED, [(record, told.heard_at, told.by, told.created_at or told.heard_at) for record, told in firsts])


def _restore_tellings(pairs: Sequence[Pair]) -> None:
    changes = [(told, effect, what) for _, new in pairs for told, effect, what in new.changes]
    _write(DID, [(told.pk, as_json(_did(told, effect, what))) for told, effect, what in changes])


def _did(told: Told, effect: Effect, what: Change) -> dict[str, Any]:
    return {
        "effect": effect,
        "added": [[*key, row["id"]] for key, row in what.added.items()],
        "displaced": written(what.displaced),
        "owner": told.gave_owner,
    }


def _write(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement over the columns of these rows."""
    if rows:
        _run(statement, *(as_array(values) for values in zip(*rows, strict=True)))


def _run(statement: str, *values: str | list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
