"""The source record on which hangs what people type about a party; it is made when it is first needed."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from guanxi.customer.intake import own_source
from guanxi.customer.models import Party, Source, SourceRecord
from guanxi.foundation.rows import columns, made, row_of

MISSING = """
    INSERT INTO customer_sourcerecord
        (source_id, external_id, payload, fields, as_of, received_at, home_id, party_id)
    SELECT %s, one.id::text, '{}', '{}', %s, %s, one.id, one.id FROM unnest(%s::bigint[]) AS one (id) ORDER BY one.id
    ON CONFLICT DO NOTHING
"""

FRESH = f"""
    SELECT nextval(pg_get_serial_sequence('customer_party', 'id')),
           nextval(pg_get_serial_sequence('customer_sourcerecord', 'id')), {columns(Source)}
      FROM customer_source WHERE key = %s
"""


def fresh_own_record(*, party: Party, at: datetime) -> SourceRecord:
    """A party that is about to be stored gets its number, and its own record, which is to be stored with it."""
    row = row_of(FRESH, [Source.OWN])
    if row is None:  # nobody has typed anything yet
        own_source()
        return fresh_own_record(party=party, at=at)
    party.pk, record, *source = row
    said = {"source": made(Source, source), "external_id": str(party.pk), "home": party, "party": party}
    return SourceRecord(pk=record, as_of=at, received_at=at, **said)


def own_record(*, party: Party, at: datetime) -> SourceRecord:
    """The party's record in our own source. Its payload is {field: {"value", "at", "by"}} for every typed field."""
    return SourceRecord.objects.get(pk=own_records(parties=[party.pk], at=at)[party.pk])


def own_records(*, parties: Collection[int], at: datetime) -> dict[int, int]:
    """Party → id of its own record, for many parties in two statements."""
    source = own_source()
    with connection.cursor() as cursor:
        cursor.execute(MISSING, [source.pk, at, at, list(parties)])
    found = SourceRecord.objects.filter(source=source, external_id__in=[str(party) for party in parties])
    return {int(external_id): pk for external_id, pk in found.values_list("external_id", "pk")}
