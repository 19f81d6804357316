from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from guanxi.customer.models import Event, Party
from guanxi.customer.timeline.kinds import Happening, kind_of
from guanxi.foundation.accounts.models import User

# What a COPY of events gives, in this order; `record_all` is for whoever has fewer than thousands at once.
EVENT_COLUMNS = (
    "source_record_id", "party_id", "kind", "version", "at", "recorded_at", "by_id", "channel", "direction", "facts",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One event to be written. `key` makes it idempotent: a second one with the same key is not written."""

    party: int
    source_record: int
    what: Happening
    at: datetime
    by: User | None = None
    channel: str = Event.Channel.NONE
    direction: str = Event.Direction.NONE
    key: str | None = None


Listener = Callable[[Sequence[Occurrence]], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have a part of the record told of everything that happens, in the transaction that writes it."""
    _listeners.append(listener)


def record(occurrence: Occurrence) -> None:
    """Append one event and note that the customer was touched."""
    record_all([occurrence])


@transaction.atomic
def record_all(occurrences: Sequence[Occurrence]) -> None:
    """Append many events in two statements, whatever their number; known keys are passed over."""
    Event.objects.bulk_create((event_of(each) for each in occurrences), batch_size=2000, ignore_conflicts=True)
    touched: dict[datetime, list[int]] = {}
    for each in occurrences:
        if each.what.touches:
            touched.setdefault(each.at, []).append(each.party)
    for at, parties in touched.items():
        earlier = Q(touched_at__isnull=True) | Q(touched_at__lt=at)
        Party.objects.filter(earlier, pk__in=parties).order_by(F("pk")).update(touched_at=at)
    for listener in _listeners:
        listener(occurrences)


def event_of(each: Occurrence) -> Event:
    """The row of an event, for whoever stores it in a statement of its own and may do so: nobody is told of it."""
    kind, version = kind_of(each.what)
    return Event(
        source_record_id=each.source_record,
        party_id=each.party,
        kind=kind,
        version=version,
        at=each.at,
        by=each.by,
        channel=each.channel,
        direction=each.direction,
        facts=asdict(each.what),
        key=each.key,
    )
