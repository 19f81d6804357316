from dataclasses import dataclass

from django.db import connection

from guanxi.customer.models import Source
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.undo.asking import delivery_of

WORKED_ON = """
    SELECT count(*) FROM customer_sourcerecord AS record
     WHERE record.delivery_id = %s AND EXISTS (
           SELECT FROM customer_sourcerecord AS typed JOIN customer_source AS source ON source.id = typed.source_id
            WHERE typed.party_id = record.party_id AND source.key = %s)
"""


@dataclass(frozen=True)
class Forecast:
    """What undoing an import would do. `worked_on` counts those on whom colleagues have typed; more may stay."""

    lines: int = 0
    records: int = 0
    updates: int = 0
    worked_on: int = 0


def forecast(import_: Import) -> Forecast:
    """The figures of an import's undo as things stand now."""
    lines = int(import_.counts.get("added", 0)) if import_.kind == Kind.TRANSACTIONS else 0
    delivery = delivery_of(import_)
    if delivery is None:
        return Forecast(lines)
    with connection.cursor() as cursor:
        cursor.execute(WORKED_ON, [delivery.pk, Source.OWN])
        ((worked_on,),) = cursor.fetchall()
    updates = delivery.tellings.exclude(source_record__delivery=delivery).count()
    return Forecast(lines, delivery.records.count(), updates, worked_on)
