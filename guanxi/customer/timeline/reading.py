from datetime import datetime

from django.db.models import Q, QuerySet, TextField
from django.db.models.expressions import RawSQL

from guanxi.customer.models import Event, Party

WITH = ("by", "pin", "striking")
SAID = "(SELECT string_agg(value, ' ') FROM jsonb_each_text(customer_event.facts))"  # the values, not their names


def timeline_of(
    party: Party,
    *,
    before: tuple[datetime, int] | None = None,
    channel: str | None = None,
    text: str = "",
    most: int = 30,
) -> list[Event]:
    """The customer's latest events, newest first, at most `most`, older than the event (at, id) `before`.

    text: events in whose facts all these words occur, whatever the case, in any script.
    """
    events = Event.objects.filter(party=party).select_related(*WITH).order_by("-at", "-id")
    if before is not None:
        at, pk = before
        events = events.filter(Q(at__lt=at) | Q(at=at, id__lt=pk), at__lte=at)
    if channel is not None:
        events = events.filter(channel=channel)
    return list(_saying(events, text)[:most])


def pinned_events(party: Party) -> list[Event]:
    """Those that stay on top, the last pinned first."""
    return list(Event.objects.filter(pin__party=party).select_related(*WITH).order_by("-pin__at", "-pin__id"))


def _saying(events: QuerySet[Event], text: str) -> QuerySet[Event]:
    """One customer's events are few enough to be read through; the index on (party, at) finds them."""
    words = text.split()
    if words:
        events = events.annotate(said=RawSQL(SAID, (), TextField()))
    for word in words:
        events = events.filter(said__icontains=word)
    return events
