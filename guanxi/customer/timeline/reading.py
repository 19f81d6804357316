from datetime import datetime

from django.db.models import Func, Q, QuerySet, TextField

from guanxi.customer.fields import every_field
from guanxi.customer.models import Event, Party

WITH = ("by", "pin", "striking")


class _Said(Func):
    """The values of an event's facts, without their names."""

    template = "(SELECT string_agg(value, ' ') FROM jsonb_each_text(%(expressions)s))"
    output_field = TextField()


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
    """One customer's events are few enough to be read through; the index on (party, at) finds them.

    Corrections of sensitive fields are found by no word, or whoever tries words would learn the values.
    """
    if not text.split():
        return events
    hidden = [each.name for each in every_field() if each.is_sensitive]
    events = events.exclude(kind="customer.field_corrected", facts__field__in=hidden)
    return events.alias(said=_Said("facts")).filter(*(Q(said__icontains=word) for word in text.split()))
