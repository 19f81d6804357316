"""The rows that hang on records whose life was told again: which go, which come back, which change."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from django.db import connection

from guanxi.customer.intake.belongings import ANSWER, IDENTIFIER, NOTE, ROLE, TAG, Belonging, Key
from guanxi.customer.intake.bulk import as_json, fresh_ids
from guanxi.customer.intake.hanging import MODELS, tag_ids
from guanxi.customer.models import Event, Identifier
from guanxi.customer.models.consent import Purpose
from guanxi.customer.takeback.rehearing import Life, Retold, Told
from guanxi.customer.timeline import ConsentRecorded, NoteWritten, kind_of

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
    for life, new in pairs:
        for key, row, told in new.rows:
            if told and ("id" not in row or told.added.get(key) != row["id"]):
                _name(key, row)
                if key[0] != IDENTIFIER or new.held.get(key) is row:
                    _save(key, row, told, life)
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


def _name(key: Key, row: Belonging) -> None:
    if "id" not in row:
        [row["id"]] = fresh_ids(MODELS[key[0]], 1)


def _save(key: Key, row: Belonging, told: Told, life: Life) -> None:
    """A row that this telling adds now though another one had; it is made, or says what this one said."""
    model = MODELS[key[0]]
    values = _VALUES[key[0]](row, told) | {"source_record_id": life.record, "party_id": life.party}
    if not model._default_manager.filter(pk=row["id"]).update(**values):
        model._default_manager.create(pk=row["id"], **values)
        model._default_manager.filter(pk=row["id"]).update(**values)  # also columns that are set on creation
    if key[0] == ANSWER:
        _tell(row, told, life)


def _identifier(row: Belonging, _told: Told) -> dict[str, Any]:
    return {name: row[name] for name in ("kind", "value", "raw")} | {"verified_at": row.get("verified_at")}


def _role(row: Belonging, _told: Told) -> dict[str, Any]:
    return {"role": row["role"], "since": row["since"]}


def _tag(row: Belonging, told: Told) -> dict[str, Any]:
    return {"tag_id": tag_ids(None, {row["name"]})[row["name"]], "by_id": told.by, "at": told.heard_at}


def _answer(row: Belonging, told: Told) -> dict[str, Any]:
    said = {name: row[name] for name in ("channel", "is_given", "at", "proof")}
    return said | {"purpose": Purpose.OFFERS.value, "by_id": told.by}


def _note(row: Belonging, told: Told) -> dict[str, Any]:
    what = NoteWritten(text=row["text"])
    kind, version = kind_of(what)
    facts = {"kind": kind, "version": version, "facts": asdict(what)}
    return facts | {"at": row["at"], "recorded_at": told.heard_at, "by_id": told.by}


_VALUES: dict[str, Callable[[Belonging, Told], dict[str, Any]]] = {
    IDENTIFIER: _identifier,
    ROLE: _role,
    TAG: _tag,
    ANSWER: _answer,
    NOTE: _note,
}


def _tell(row: Belonging, told: Told, life: Life) -> None:
    """The answer on the timeline, as the telling gave it."""
    channel, is_given = row["channel"], row["is_given"]
    what = ConsentRecorded(purpose=Purpose.OFFERS.value, channel=channel, is_given=is_given, proof=row["proof"])
    kind, version = kind_of(what)
    event = Event.objects.create(
        source_record_id=life.record,
        party_id=life.party,
        kind=kind,
        version=version,
        at=row["at"],
        by_id=told.by,
        channel=channel,
        direction=Event.Direction.IN,
        facts=asdict(what),
    )
    Event.objects.filter(pk=event.pk).update(recorded_at=told.heard_at)
