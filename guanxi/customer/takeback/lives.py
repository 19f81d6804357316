"""The lives of source records, read from what was noted about their tellings."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from guanxi.customer.intake.belongings import read_back
from guanxi.customer.intake.standing import Effect, Saying, Standing
from guanxi.customer.intake.standings import belongings
from guanxi.customer.models import SourceRecord, SupersededPayload, Telling
from guanxi.customer.takeback.rehearing import Life, Told


def lives(records: Mapping[int, SourceRecord]) -> list[Life]:
    """The life of each of these records, in a handful of queries."""
    standings = {pk: _standing(each) for pk, each in records.items()}
    rows = SupersededPayload.objects.filter(source_record__in=list(records)).order_by("id")
    columns = ("source_record_id", "payload", "fields", "as_of", "received_at", "telling_id", "superseded_at")
    for record, *saying in rows.values_list(*columns):
        standings[record].earlier.append(Saying(*saying))
    tellings: defaultdict[int, list[Told]] = defaultdict(list)
    for telling in Telling.objects.filter(source_record__in=list(records)).order_by("id"):
        tellings[telling.source_record_id].append(_told(telling))
    held = belongings(list(records))
    return [
        Life(pk, each.party_id, each.delivery_id, standings[pk], held[pk], tellings[pk]) for pk, each in records.items()
    ]


def _standing(record: SourceRecord) -> Standing:
    saying = Saying(record.payload, record.fields, record.as_of, record.received_at, record.telling_id)
    return Standing(record.pk, record.party_id, saying)


def _told(telling: Telling) -> Told:
    said: dict[str, Any] = telling.said
    did: dict[str, Any] = telling.did
    created_at = said["created_at"]
    return Told(
        pk=telling.pk,
        delivery=telling.delivery_id,
        heard_at=telling.heard_at,
        as_of=telling.as_of,
        by=telling.by_id,
        words=telling.words,
        brought=read_back(said["belongings"]),
        owner=said["owner"],
        created_at=datetime.fromisoformat(created_at) if created_at else None,
        effect=Effect(did["effect"]),
        added={(sort, name): pk for sort, name, pk in did["added"]},
        displaced=read_back(did["displaced"]),
        gave_owner=did["owner"],
    )
