"""The rows that hang on records whose life was told again: which go, which come back, which change."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from django.db import connection

from guanxi.customer.intake.belongings import ANSWER, IDENTIFIER, NOTE, ROLE, TAG, Belonging
from guanxi.customer.intake.bulk import as_json, copy_in, fresh_ids, put
from guanxi.customer.intake.hanging import MODELS, tag_ids
from guanxi.customer.models import Consent, Event, Identifier, PartyRole, PartyTag
from guanxi.customer.models.consent import Purpose
from guanxi.customer.takeback.rehearing import Life, Retold, Told
from guanxi.customer.timeline import EVENT_COLUMNS, ConsentRecorded, Happening, NoteWritten, kind_of

Staying = tuple[Belonging, Told, Life]
Added = tuple[Belonging, Told, Life, bool]  # and whether it stays

BRING_BACK = """
    INSERT INTO customer_identifier ({columns})
    SELECT {columns} FROM unnest(%s::jsonb[]) AS kept, jsonb_populate_record(NULL::customer_identifier, kept)
"""
ANSWERS_TOLD = """
    DELETE FROM customer_event AS event USING customer_consent AS consent
     WHERE consent.id = ANY(%s) AND event.source_record_id = consent.source_record_id AND event.at = consent.at
       AND event.kind = 'customer.consent_recorded' AND event.channel = consent.channel
       AND event.facts ->> 'proof' = consent.proof AND (event.facts ->> 'is_given')::boolean = consent.is_given
"""


def keep_verified(life: Life, new: Retold) -> bool:
    """Let identifiers stay that somebody has verified since; whether there are any."""
    staying = {
        key: row
        for key, row in life.held.items()
        if key[0] == IDENTIFIER and key not in new.held and row.get("verified_at")
    }
    new.held |= staying
    return bool(staying)


def write(pairs: Sequence[tuple[Life, Retold]]) -> None:
    """Bring the rows of these records from what they are to what they are to be; new rows get their ids."""
    gone: dict[str, list[int]] = {sort: [] for sort in MODELS}
    for life, new in pairs:
        kept = {(key[0], row["id"]) for key, row, _ in new.rows if key[0] != IDENTIFIER and "id" in row}
        kept |= {(key[0], row["id"]) for key, row in new.held.items() if "id" in row}
        for sort, pk in _ever(life, new) - kept:
            gone[sort].append(pk)
    _delete(gone)
    _save(pairs)
    _bring_back(pairs)


def _ever(life: Life, new: Retold) -> set[tuple[str, int]]:
    """Sort and id of every row that the record has, and of the answers that others have replaced."""
    there = {(key[0], row["id"]) for key, row in life.held.items()} | {(key[0], pk) for key, pk in new.gone}
    answered = {(key[0], pk) for told in life.tellings for key, pk in told.added.items() if key[0] == ANSWER}
    return there | answered


def _delete(gone: dict[str, list[int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS_TOLD, [gone[ANSWER]])
    for sort, ids in gone.items():
        MODELS[sort]._default_manager.filter(pk__in=ids).delete()


def _bring_back(pairs: Sequence[tuple[Life, Retold]]) -> None:
    """Identifiers that had been displaced, as they were, on the party that holds the record now."""
    there = set(
        Identifier.objects.filter(source_record__in=[life.record for life, _ in pairs]).values_list("pk", flat=True)
    )
    back: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for life, new in pairs:
        for key, row in new.held.items():
            if key[0] == IDENTIFIER and row["id"] not in there:
                whole = {**row, "source_record_id": life.record, "party_id": life.party}
                back[tuple(sorted(whole))].append(as_json(whole))
    with connection.cursor() as cursor:
        for columns, rows in back.items():  # rows noted before a column was added do without it
            cursor.execute(BRING_BACK.format(columns=", ".join(columns)), [rows])


def _save(pairs: Sequence[tuple[Life, Retold]]) -> None:
    """Rows that a telling adds now though another one had; they are made, or say what this one said."""
    added: defaultdict[str, list[Added]] = defaultdict(list)
    for life, new in pairs:
        for key, row, told in new.rows:
            if told and ("id" not in row or told.added.get(key) != row["id"]):
                added[key[0]].append((row, told, life, key[0] != IDENTIFIER or new.held.get(key) is row))
    for sort, those in added.items():
        _name(sort, [row for row, *_ in those])
        if staying := [(row, told, life) for row, told, life, stays in those if stays]:
            _WRITERS[sort](staying)


def _name(sort: str, rows: Sequence[Belonging]) -> None:
    nameless = [row for row in rows if "id" not in row]
    for row, pk in zip(nameless, fresh_ids(MODELS[sort], len(nameless)), strict=True):
        row["id"] = pk


def _write_identifiers(rows: Sequence[Staying]) -> None:
    columns = ("id", "source_record_id", "party_id", "kind", "value", "raw", "verified_at")
    put(
        Identifier,
        columns,
        (
            (row["id"], life.record, life.party, row["kind"], row["value"], row["raw"], row.get("verified_at"))
            for row, _, life in rows
        ),
    )


def _write_roles(rows: Sequence[Staying]) -> None:
    columns = ("id", "source_record_id", "party_id", "role", "since")
    put(PartyRole, columns, ((row["id"], life.record, life.party, row["role"], row["since"]) for row, _, life in rows))


def _write_tags(rows: Sequence[Staying]) -> None:
    ids = tag_ids(None, {row["name"] for row, *_ in rows})
    put(
        PartyTag,
        ("id", "source_record_id", "party_id", "tag_id", "by_id", "at"),
        ((row["id"], life.record, life.party, ids[row["name"]], told.by, told.heard_at) for row, told, life in rows),
    )


def _write_answers(rows: Sequence[Staying]) -> None:
    """On the timeline too, as the telling gave them."""
    said = ("channel", "is_given", "at", "proof")
    put(
        Consent,
        ("id", "source_record_id", "party_id", *said, "purpose", "wording", "by_id"),
        (
            (row["id"], life.record, life.party, *(row[name] for name in said), Purpose.OFFERS.value, "", told.by)
            for row, told, life in rows
        ),
    )
    copy_in(Event, EVENT_COLUMNS, (_event(each, _answered(each[0]), each[0]["channel"]) for each in rows))


def _answered(row: Belonging) -> Happening:
    offers = Purpose.OFFERS.value
    return ConsentRecorded(purpose=offers, channel=row["channel"], is_given=row["is_given"], proof=row["proof"])


def _write_notes(rows: Sequence[Staying]) -> None:
    put(
        Event,
        ("id", *EVENT_COLUMNS),
        ((each[0]["id"], *_event(each, NoteWritten(text=each[0]["text"]))) for each in rows),
    )


def _event(staying: Staying, what: Happening, channel: str = "") -> tuple[Any, ...]:
    row, told, life = staying
    direction = Event.Direction.IN if channel else Event.Direction.NONE
    said = (*kind_of(what), row["at"], told.heard_at, told.by, channel, direction.value, as_json(asdict(what)))
    return (life.record, life.party, *said)


_WRITERS: dict[str, Callable[[Sequence[Staying]], None]] = {
    IDENTIFIER: _write_identifiers,
    ROLE: _write_roles,
    TAG: _write_tags,
    ANSWER: _write_answers,
    NOTE: _write_notes,
}
