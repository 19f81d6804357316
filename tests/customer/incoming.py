"""Rows as sources bring them, for the tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from guanxi.customer.intake import Incoming, Outcome, ensure_source, take_in
from guanxi.customer.models import Party

DAY = timedelta(days=1)
SPRING = datetime(2026, 3, 1, tzinfo=UTC)


def row(external_id: str, *, as_of: datetime = SPRING, **fields: str) -> Incoming:
    return Incoming(external_id=external_id, payload={"id": external_id, **fields}, fields=fields, as_of=as_of)


def bring(*rows: Incoming, source: str = "till", rank: int = 50, at: datetime = SPRING) -> list[Outcome]:
    return take_in(source=ensure_source(key=source, name=source.title(), rank=rank), records=rows, at=at, by=None)


def known(external_id: str, **fields: Any) -> Party:
    """A party that came in from the till."""
    owner = fields.pop("owner", None)
    incoming = Incoming(
        external_id=external_id,
        payload=fields,
        fields={"name": external_id, **fields},
        as_of=SPRING,
        owner=owner.pk if owner else None,
    )
    return Party.objects.get(pk=bring(incoming)[0].party)
