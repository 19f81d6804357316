"""The statements that store what came in. Each takes a whole batch."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection

from guanxi.customer.intake.bulk import as_json, copy_in, fresh_ids, insert_missing
from guanxi.customer.intake.golden import COLUMNS, Evidence, golden_row, testimony
from guanxi.customer.intake.reading import Read
from guanxi.customer.intake.standing import Standing
from guanxi.customer.models import (
    Event,
    Identifier,
    Party,
    PartyRole,
    PartyTag,
    Source,
    SourceRecord,
    SupersededPayload,
    Tag,
)
from guanxi.customer.timeline.kinds import kind_of
from guanxi.customer.timeline.own import Created
from guanxi.foundation.accounts.models import User

POINTER = {"source_record_id": "bigint", "party_id": "bigint", "kind": "text", "value": "text", "raw": "text"}
ROLE = {"source_record_id": "bigint", "party_id": "bigint", "role": "text", "since": "date"}


@dataclass(frozen=True)
class Arrival:
    """The last row heard of one customer, with all that its source has said."""

    read: Read
    standing: Standing

    @property
    def record(self) -> int:
        return _stored(self.standing.record)

    @property
    def party(self) -> int:
        return _stored(self.standing.party)


@dataclass(frozen=True)
class Batch:
    """Who brings what, when."""

    source: Source
    at: datetime
    by: User | None


def _stored(pk: int | None) -> int:
    if pk is None:
        raise ValueError("not stored yet")
    return pk


def create(batch: Batch, arrivals: list[Arrival]) -> None:
    """Parties and source records for customers this source has not named before."""
    parties, records = fresh_ids(Party, len(arrivals)), fresh_ids(SourceRecord, len(arrivals))
    for arrival, party, record in zip(arrivals, parties, records, strict=True):
        arrival.standing.party, arrival.standing.record = party, record
    teams = dict(User.objects.filter(pk__in={a.read.incoming.owner for a in arrivals}).values_list("pk", "team_id"))
    copy_in(
        Party,
        ("id", *COLUMNS, "owner_id", "team_id", "created_at"),
        (
            (a.party, *_golden(batch, a), a.read.incoming.owner, teams.get(a.read.incoming.owner or 0), batch.at)
            for a in arrivals
        ),
    )
    copy_in(
        SourceRecord,
        ("id", "source_id", "external_id", "payload", "fields", "as_of", "received_at", "home_id", "party_id"),
        ((a.record, batch.source.pk, a.read.external_id, *_said(a), a.party, a.party) for a in arrivals),
    )
    _tell(batch, arrivals)


def update(batch: Batch, arrivals: list[Arrival]) -> None:
    """The newest words of known source records; the words before them are kept by `keep_superseded`."""
    rows = [(a.record, as_json(a.read.payload), as_json(a.read.fields), a.read.as_of) for a in arrivals]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customer_sourcerecord AS record SET payload = fresh.payload, fields = fresh.fields,"
            " as_of = fresh.as_of, received_at = %s"
            " FROM unnest(%s::bigint[], %s::jsonb[], %s::jsonb[], %s::timestamptz[])"
            " AS fresh (id, payload, fields, as_of) WHERE record.id = fresh.id",
            [batch.at, *(list(values) for values in zip(*rows, strict=True))],
        )
        cursor.execute(
            "DELETE FROM customer_identifier AS old WHERE old.source_record_id = ANY(%s) AND NOT EXISTS ("
            " SELECT FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS said (record, kind, value)"
            " WHERE said.record = old.source_record_id AND said.kind = old.kind AND said.value = old.value)",
            [[a.record for a in arrivals], *_pointed(arrivals)],
        )


def keep_superseded(batch: Batch, standings: list[Standing]) -> None:
    """Every payload that was replaced, or came late, word for word."""
    copy_in(
        SupersededPayload,
        ("source_record_id", "payload", "fields", "as_of", "received_at", "superseded_at"),
        (
            (s.record, dict(saying.payload), dict(saying.fields), saying.as_of, saying.received_at, batch.at)
            for s in standings
            for saying in s.retired
        ),
    )


def attach(batch: Batch, new: list[Arrival], changed: list[Arrival]) -> None:
    """Identifiers, roles and tags of new and changed records; those already there stay as they are."""
    for model, columns, rows_of in ((Identifier, POINTER, _pointers), (PartyRole, ROLE, _roles)):
        copy_in(model, columns, (row for a in new for row in rows_of(a)))
        insert_missing(model, columns, [row for a in changed for row in rows_of(a)])
    _tag(batch, [a for a in (*new, *changed) if a.read.incoming.tags])


def _pointers(a: Arrival) -> set[tuple[object, ...]]:
    return {(a.record, a.party, p.kind, p.value, p.raw) for p in a.read.pointers}


def _roles(a: Arrival) -> set[tuple[object, ...]]:
    return {(a.record, a.party, role, a.read.as_of.date()) for role in a.read.incoming.roles}


def _tag(batch: Batch, arrivals: list[Arrival]) -> None:
    names = {name for a in arrivals for name in a.read.incoming.tags}
    if not names:
        return
    Tag.objects.bulk_create([Tag(name=name) for name in sorted(names)], ignore_conflicts=True)
    ids = dict(Tag.objects.filter(name__in=names).values_list("name", "pk"))
    uses = (
        PartyTag(source_record_id=a.record, party_id=a.party, tag_id=ids[name], by=batch.by, at=batch.at)
        for a in arrivals
        for name in a.read.incoming.tags
    )
    PartyTag.objects.bulk_create(uses, batch_size=5000, ignore_conflicts=True)


def _golden(batch: Batch, a: Arrival) -> tuple[object, ...]:
    hand = dict(a.read.payload) if batch.source.key == Source.OWN else None
    witness = testimony(a.record, batch.source.rank, a.read.as_of, a.read.fields, source=batch.source.key, hand=hand)
    number = [] if hand is not None else [a.read.external_id]
    return golden_row(Evidence([witness], [(p.kind, p.value) for p in a.read.pointers], number))


def _said(a: Arrival) -> tuple[object, ...]:
    current = a.standing.current
    received = current.received_at if current else None
    return dict(a.read.payload), dict(a.read.fields), a.read.as_of, received


def _pointed(arrivals: list[Arrival]) -> list[list[object]]:
    said = [(a.record, p.kind, p.value) for a in arrivals for p in a.read.pointers]
    return [list(values) for values in zip(*said, strict=True)]


def _tell(batch: Batch, arrivals: list[Arrival]) -> None:
    what = Created(source=batch.source.name)
    kind, version = kind_of(what)
    copy_in(
        Event,
        (
            "source_record_id",
            "party_id",
            "kind",
            "version",
            "at",
            "recorded_at",
            "by_id",
            "channel",
            "direction",
            "facts",
        ),
        (
            (a.record, a.party, kind, version, batch.at, batch.at, batch.by and batch.by.pk, "", "", asdict(what))
            for a in arrivals
        ),
    )
