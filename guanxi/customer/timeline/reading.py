from datetime import datetime

from django.db.models import Q

from guanxi.customer.models import Event, Party


def timeline_of(
    party: Party, *, before: tuple[datetime, int] | None = None, channel: str | None = None, most: int = 30
) -> list[Event]:
    """The customer's latest events, newest first, at most `most`, older than the event (at, id) `before`."""
    events = Event.objects.filter(party=party).select_related("by").order_by("-at", "-id")
    if before is not None:
        at, pk = before
        events = events.filter(Q(at__lt=at) | Q(at=at, id__lt=pk), at__lte=at)
    if channel is not None:
        events = events.filter(channel=channel)
    return list(events[:most])
