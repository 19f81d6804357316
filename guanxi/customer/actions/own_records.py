"""The source record on which hangs what people type about a party; it is made when it is first needed."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from guanxi.customer.intake import own_source
from guanxi.customer.models import Party, SourceRecord

MISSING = """
    INSERT INTO customer_sourcerecord
        (source_id, external_id, payload, fields, as_of, received_at, home_id, party_id)
    SELECT %s, one.id::text, '{}', '{}', %s, %s, one.id, one.id FROM unnest(%s::bigint[]) AS one (id) ORDER BY one.id
    ON CONFLICT DO NOTHING
"""


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
