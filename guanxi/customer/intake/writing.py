"""Parties and source records of a batch, each table in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from django.db import connection

from guanxi.customer.intake.bulk import as_json, copy_in, copy_lines, fresh_ids, spelled
from guanxi.customer.intake.golden import COLUMNS
from guanxi.customer.intake.hearing import Batch, Hearing
from guanxi.customer.intake.incoming import Incoming
from guanxi.customer.intake.reading import sole_row
from guanxi.customer.intake.standing import Saying, Standing
from guanxi.customer.models import Event, Party, SourceRecord, SupersededPayload
from guanxi.customer.search import learn
from guanxi.customer.territories import place
from guanxi.customer.timeline import EVENT_COLUMNS, Created, kind_of
from guanxi.foundation.accounts.models import User
from guanxi.foundation.arrays import as_array

RECORD = (
    "id",
    "source_id",
    "external_id",
    "payload",
    "fields",
    "as_of",
    "received_at",
    "home_id",
    "party_id",
    "delivery_id",
    "telling_id",
)


def create(batch: Batch, firsts: Sequence[Hearing]) -> None:
    """Source records for customers this source has not named before, and parties for those whom nobody knew."""
    for first, record in zip(firsts, fresh_ids(SourceRecord, len(firsts)), strict=True):
        first.standing.record = record
    alone = [each for each in firsts if each.standing.joins is None]
    for first, party in zip(alone, fresh_ids(Party, len(alone)), strict=True):
        first.standing.party = party
    for first in firsts:
        first.standing.party = _party(first.standing)
    _make_parties(batch, alone)
    delivery = batch.delivery.pk if batch.delivery else None
    copy_in(SourceRecord, RECORD, (_record(batch, each, delivery) for each in firsts))


def _party(standing: Standing) -> int | None:
    joined = standing.joins
    if joined is None:
        return standing.party
    return joined if isinstance(joined, int) else _party(joined)


def _make_parties(batch: Batch, alone: Sequence[Hearing]) -> None:
    owners = {each.read.incoming.owner for each in alone if each.read.incoming.owner is not None}
    at = batch.at.isoformat()
    teams = dict(User.objects.filter(pk__in=owners).values_list("pk", "team_id")) if owners else {}
    copy_lines(
        Party,
        ("id", *COLUMNS, "owner_id", "team_id", "created_at"),
        (
            f"{each.party}\t{sole_row(each.read, each.record)}\t{_beside(each.read.incoming, teams, at)}\n"
            for each in alone
        ),
    )
    learn(each.read.fields.get(part, "") for each in alone for part in ("name", "latin_name"))
    place([each.party for each in alone])
    what = Created(source=batch.source.name)
    kind, version = kind_of(what)
    by, facts = batch.by and batch.by.pk, as_json(asdict(what))
    copy_in(
        Event,
        EVENT_COLUMNS,
        ((each.record, each.party, kind, version, at, at, by, "", "", facts) for each in alone),
    )


def _beside(said: Incoming, teams: Mapping[int, int | None], at: str) -> str:
    return spelled((said.owner, teams.get(said.owner or 0), said.created_at or at))


def _record(batch: Batch, first: Hearing, delivery: int | None) -> tuple[object, ...]:
    said = first.standing.current
    row = first.read
    if said is None or said.telling is None:  # nothing newer came in the same batch
        words = (row.written_payload, row.written_fields, row.as_of, batch.at)
    else:
        words = (*_words(said), said.as_of, said.received_at)
    telling = said and said.telling
    party = first.party
    return (first.record, batch.source.pk, row.external_id, *words, party, party, delivery, telling)


def update(batch: Batch, newer: Sequence[Hearing]) -> None:
    """The newest words of known source records; the words before them are kept by `keep_superseded`."""
    rows = [
        (each.record, each.read.written_payload, each.read.written_fields, each.read.as_of, each.telling)
        for each in newer
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customer_sourcerecord AS record SET payload = fresh.payload, fields = fresh.fields,"
            " as_of = fresh.as_of, received_at = %s, telling_id = fresh.telling"
            " FROM unnest(%s::bigint[], %s::jsonb[], %s::jsonb[], %s::timestamptz[], %s::bigint[])"
            " AS fresh (id, payload, fields, as_of, telling) WHERE record.id = fresh.id",
            [batch.at, *(as_array(values) for values in zip(*rows, strict=True))],
        )


def keep_superseded(standings: Sequence[Standing]) -> None:
    """Every payload that was replaced, or came late, word for word."""
    copy_in(
        SupersededPayload,
        ("source_record_id", "payload", "fields", "as_of", "received_at", "superseded_at", "telling_id"),
        (
            (each.record, *_words(said), said.as_of, said.received_at, said.superseded_at, said.telling)
            for each in standings
            for said in each.retired
        ),
    )


def _words(said: Saying) -> tuple[str, str]:
    return as_json(dict(said.payload)), as_json(dict(said.fields))
