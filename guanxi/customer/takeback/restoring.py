"""Records as they are without the delivery: what differs from now is written, nothing else."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from guanxi.customer.intake.belongings import written
from guanxi.customer.intake.bulk import as_json
from guanxi.customer.intake.standing import Effect, Saying
from guanxi.customer.models import Event, Party, SourceRecord, SupersededPayload, Telling
from guanxi.customer.takeback import rows
from guanxi.customer.takeback.questions import withdraw_questions
from guanxi.customer.takeback.rehearing import Life, Retold, Told

WORDS = """
    UPDATE customer_sourcerecord AS record SET payload = fresh.payload, fields = fresh.fields, as_of = fresh.as_of,
           received_at = fresh.received_at, telling_id = fresh.telling, delivery_id = fresh.delivery
      FROM unnest(%s::bigint[], %s::jsonb[], %s::jsonb[], %s::timestamptz[], %s::timestamptz[], %s::bigint[],
           %s::bigint[]) AS fresh (id, payload, fields, as_of, received_at, telling, delivery)
     WHERE record.id = fresh.id
"""

Pair = tuple[Life, Retold]


def restore(pairs: Sequence[Pair], delivery: int) -> set[int]:
    """Write the new lives; the records of which a verified identifier stays though it would go."""
    kept = {life.record for life, new in pairs if rows.keep_verified(life, new)}
    rows.write(pairs)
    _restore_words(pairs)
    for life, new in pairs:
        if new.first:
            _begin_with(new.first, life)
    _restore_tellings(pairs)
    withdraw_questions(pairs, delivery)
    records = [life.record for life, _ in pairs]
    Telling.objects.filter(source_record__in=records, delivery=delivery).delete()
    _keep_naming([new.first for _, new in pairs if new.first])
    return kept


def _keep_naming(firsts: Sequence[Told]) -> None:
    """A telling that its record begins with now is one no more, but for the owner that it names or gave."""
    Telling.objects.filter(pk__in=[each.pk for each in firsts if each.owner is None]).delete()
    naming = [each for each in firsts if each.owner is not None]
    for telling in Telling.objects.filter(pk__in=[each.pk for each in naming]):
        telling.said["belongings"] = []
        telling.did |= {"effect": Effect.SAME, "added": [], "displaced": []}
        telling.save(update_fields=["said", "did"])


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
    with connection.cursor() as cursor:
        cursor.execute(WORDS, [list(values) for values in zip(*rows, strict=True)])
    stored: defaultdict[int, dict[int | None, SupersededPayload]] = defaultdict(dict)
    for row in SupersededPayload.objects.filter(source_record__in=[life.record for life, _ in pairs]):
        stored[row.source_record_id][row.telling_id] = row
    for life, new in pairs:
        for each in new.standing.earlier:
            brought_by = new.first.pk if new.first and each.telling is None else each.telling
            _save_earlier(life.record, each, stored[life.record].pop(brought_by, None))
    SupersededPayload.objects.filter(pk__in=[row.pk for rows in stored.values() for row in rows.values()]).delete()


def _save_earlier(record: int, said: Saying, row: SupersededPayload | None) -> None:
    moments = {"as_of": said.as_of, "received_at": said.received_at, "superseded_at": said.superseded_at}
    wanted = {**moments, "telling_id": said.telling}
    if row is None:
        SupersededPayload.objects.create(source_record_id=record, payload=said.payload, fields=said.fields, **wanted)
    elif any(getattr(row, name) != value for name, value in wanted.items()):
        SupersededPayload.objects.filter(pk=row.pk).update(**wanted)


def _begin_with(first: Told, life: Life) -> None:
    """The customer entered the record by this telling, if it was this record that he entered by."""
    entered = Event.objects.filter(source_record=life.record, kind="customer.created")
    if entered.update(at=first.heard_at, recorded_at=first.heard_at, by=first.by):
        homes = SourceRecord.objects.filter(pk=life.record).values("home")
        Party.ever.filter(pk__in=homes).update(created_at=first.created_at or first.heard_at)


def _restore_tellings(pairs: Sequence[Pair]) -> None:
    changed = [
        Telling(
            pk=told.pk,
            did={
                "effect": effect,
                "added": [[*key, row["id"]] for key, row in what.added.items()],
                "displaced": written(what.displaced),
                "owner": told.gave_owner,
            },
        )
        for _, new in pairs
        for told, effect, what in new.changes
    ]
    Telling.objects.bulk_update(changed, ["did"], batch_size=500)
