"""The source record on which hangs what people type about a party; it is made when it is first needed."""

from collections.abc import Collection
from datetime import datetime

from guanxi.customer.intake import own_source
from guanxi.customer.models import Party, SourceRecord


def own_record(*, party: Party, at: datetime) -> SourceRecord:
    """The party's record in our own source. Its payload is {field: {"value", "at", "by"}} for every typed field."""
    return SourceRecord.objects.get(pk=own_records(parties=[party.pk], at=at)[party.pk])


def own_records(*, parties: Collection[int], at: datetime) -> dict[int, int]:
    """Party → id of its own record, for many parties in two statements."""
    source = own_source()
    SourceRecord.objects.bulk_create(
        (
            SourceRecord(source=source, external_id=str(party), home_id=party, party_id=party, as_of=at, received_at=at)
            for party in sorted(parties)
        ),
        ignore_conflicts=True,
    )
    found = SourceRecord.objects.filter(source=source, external_id__in=[str(party) for party in parties])
    return {int(external_id): pk for external_id, pk in found.values_list("external_id", "pk")}
