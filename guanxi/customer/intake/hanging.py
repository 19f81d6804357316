"""Identifiers, roles, tags, answers and notes of a batch, each sort in one statement."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from typing import Any

from django.db import connection
from django.db.models import Model

from guanxi.customer.intake.belongings import ANSWER, IDENTIFIER, NOTE, ROLE, TAG, Belonging
from guanxi.customer.intake.bulk import as_json, copy_in, fresh_ids
from guanxi.customer.intake.hearing import Batch, Hearing
from guanxi.customer.models import Consent, Delivery, Event, Identifier, PartyRole, PartyTag, Tag
from guanxi.customer.models.consent import Purpose
from guanxi.customer.timeline import EVENT_COLUMNS, ConsentRecorded, Happening, NoteWritten, kind_of, touching_kinds

MODELS: dict[str, type[Model]] = {
    IDENTIFIER: Identifier,
    ROLE: PartyRole,
    TAG: PartyTag,
    ANSWER: Consent,
    NOTE: Event,
}
EVENT = ("id", *EVENT_COLUMNS)

TOUCH = """
    UPDATE customer_party AS party SET touched_at = (
           SELECT max(event.at) FROM customer_event AS event WHERE event.party_id = party.id AND event.kind = ANY(%s))
     WHERE party.id = ANY(%s)
"""

_OFFERS = Purpose.OFFERS.value

Row = tuple[Hearing, Belonging]


def attach(batch: Batch, hearings: Sequence[Hearing]) -> None:
    """Write what the rows added, and take away the identifiers that they displaced."""
    added: dict[str, list[Row]] = {sort: [] for sort in MODELS}
    for heard in hearings:
        for (sort, _), row in heard.change.added.items():
            added[sort].append((heard, row))
    for sort, rows in added.items():
        if rows:
            for (_, row), pk in zip(rows, fresh_ids(MODELS[sort], len(rows)), strict=True):
                row["id"] = pk
    gone = {row["id"] for heard in hearings for (sort, _), row in heard.change.displaced.items() if sort == IDENTIFIER}
    if gone:
        Identifier.objects.filter(pk__in=gone).delete()
    added[IDENTIFIER] = [each for each in added[IDENTIFIER] if each[1]["id"] not in gone]
    for sort, rows in added.items():
        if rows:
            _WRITERS[sort](batch, rows)


def touch(parties: Collection[int]) -> None:
    """Note when these customers were last in touch, after events were written or taken away."""
    if parties:
        with connection.cursor() as cursor:
            cursor.execute(TOUCH, [touching_kinds(), sorted(parties)])


def _write_identifiers(_batch: Batch, rows: Sequence[Row]) -> None:
    copy_in(
        Identifier,
        ("id", "source_record_id", "party_id", "kind", "value", "raw"),
        ((row["id"], heard.record, heard.party, row["kind"], row["value"], row["raw"]) for heard, row in rows),
    )


def _write_roles(_batch: Batch, rows: Sequence[Row]) -> None:
    copy_in(
        PartyRole,
        ("id", "source_record_id", "party_id", "role", "since"),
        ((row["id"], heard.record, heard.party, row["role"], row["since"]) for heard, row in rows),
    )


def _write_tags(batch: Batch, rows: Sequence[Row]) -> None:
    names = {row["name"] for _, row in rows}
    ids = tag_ids(batch.delivery, names)
    by = batch.by and batch.by.pk
    copy_in(
        PartyTag,
        ("id", "source_record_id", "party_id", "tag_id", "by_id", "at"),
        ((row["id"], heard.record, heard.party, ids[row["name"]], by, batch.at) for heard, row in rows),
    )


def tag_ids(delivery: Delivery | None, names: set[str]) -> dict[str, int]:
    """The tags of these names; new ones are made, and the delivery notes that it made them."""
    known = Tag.objects.named(names)
    fresh = sorted(names - known.keys())
    if fresh:
        known = Tag.objects.ensure(names)
        if delivery:
            delivery.made["tags"] = [*delivery.made.get("tags", []), *fresh]
            delivery.save(update_fields=["made"])
    return known


def _write_answers(batch: Batch, rows: Sequence[Row]) -> None:
    by = batch.by and batch.by.pk
    columns = (
        "id",
        "source_record_id",
        "party_id",
        "purpose",
        "channel",
        "is_given",
        "at",
        "wording",
        "proof",
        "by_id",
    )
    given = (
        (
            row["id"],
            heard.record,
            heard.party,
            _OFFERS,
            row["channel"],
            row["is_given"],
            row["at"],
            "",
            row["proof"],
            by,
        )
        for heard, row in rows
    )
    copy_in(Consent, columns, given)
    for (_, row), pk in zip(rows, fresh_ids(Event, len(rows)), strict=True):
        row["event"] = pk
    copy_in(Event, EVENT, (_event(batch, heard, row["event"], row, _answered(row)) for heard, row in rows))


def _answered(row: Belonging) -> Happening:
    return ConsentRecorded(purpose=_OFFERS, channel=row["channel"], is_given=row["is_given"], proof=row["proof"])


def _write_notes(batch: Batch, rows: Sequence[Row]) -> None:
    copy_in(
        Event,
        ("id", *EVENT_COLUMNS),
        (_event(batch, heard, row["id"], row, NoteWritten(text=row["text"])) for heard, row in rows),
    )


def _event(batch: Batch, heard: Hearing, pk: int, row: Belonging, what: Happening) -> tuple[Any, ...]:
    kind, version = kind_of(what)
    by, channel = batch.by and batch.by.pk, row.get("channel", "")
    direction = Event.Direction.IN if channel else Event.Direction.NONE
    facts = as_json(asdict(what))
    return (pk, heard.record, heard.party, kind, version, row["at"], batch.at, by, channel, direction.value, facts)


_WRITERS: dict[str, Callable[[Batch, Sequence[Row]], None]] = {
    IDENTIFIER: _write_identifiers,
    ROLE: _write_roles,
    TAG: _write_tags,
    ANSWER: _write_answers,
    NOTE: _write_notes,
}
