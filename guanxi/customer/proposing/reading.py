"""The record as the table that is compared: one row a source record that is still believed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db import connection, transaction

from guanxi.analytical.identity.records import SCHEMA
from guanxi.customer.matching.columns import Columns, company_columns, person_columns, place_columns, pointer_columns
from guanxi.customer.models import Party

BATCH = 20_000

SAID = """
    SELECT said.id, said.party_id, party.name, said.fields, coalesce(pointing.pairs, '{}')
      FROM customer_sourcerecord AS said
      JOIN customer_source AS source ON source.id = said.source_id AND source.withdrawn_at IS NULL
      JOIN customer_party AS party ON party.id = said.party_id AND party.kind = %s AND party.merged_into_id IS NULL
      LEFT JOIN (SELECT source_record_id, array_agg(ARRAY[kind, value]) AS pairs
                   FROM customer_identifier WHERE kind <> 'device' GROUP BY source_record_id) AS pointing
        ON pointing.source_record_id = said.id
     WHERE said.fields <> '{}' OR pointing.pairs IS NOT NULL
     ORDER BY said.id
"""


@dataclass(frozen=True)
class Said:
    """Every record's columns, and to whom it belongs."""

    table: pa.Table
    holders: dict[int, int]  # source record → party


def said_of(kind: Party.Kind) -> Said:
    """What sources say of all living customers of a kind, in one pass over the table."""
    holders: dict[int, int] = {}
    batches = []
    for rows in _batches(kind):
        holders.update((record, party) for record, party, *_ in rows)
        columns = [_columns(kind, *row) for row in rows]
        batches.append(pa.RecordBatch.from_pylist(columns, schema=SCHEMA))
    return Said(pa.Table.from_batches(batches, SCHEMA), holders)


def _batches(kind: Party.Kind) -> Iterator[list[tuple[Any, ...]]]:
    """By a cursor on the server: a million rows are never held at once in their own spelling."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(SAID, [kind.value])
        while rows := cursor.fetchmany(BATCH):
            yield rows


def _columns(kind: Party.Kind, record: int, _party: int, name: str, fields: Any, pairs: list[list[str]]) -> Columns:
    said = json.loads(fields) if isinstance(fields, str) else fields
    own = _real_name(said.get("name") or name)
    pointers = [(what, value) for what, value in pairs if what != "number" or "number" in said]
    named = {**person_columns(own), "born": said.get("born") or None} if kind == Party.Kind.PERSON else {}
    company = said.get("company", "") if kind == Party.Kind.PERSON else own
    return {"id": record, **named, **company_columns(company), **place_columns(said), **pointer_columns(pointers)}


def _real_name(name: str) -> str:
    """A customer without a name goes by his address or number; that is no name."""
    return "" if "@" in name or not any(sign.isalpha() for sign in name) else name
