"""With whom a colleague alone has been in touch."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet

from guanxi.customer.models import Event
from guanxi.customer.timeline import touching_kinds

USUAL_DAYS = 365


def known_only_by(since: datetime, colleagues: Sequence[int] | None = None) -> QuerySet[Event, Mapping[str, Any]]:
    """{party, knower} for customers with whom exactly one colleague was in touch since then, by the timeline."""
    touches = Event.objects.filter(kind__in=touching_kinds(), at__gte=since, by__isnull=False)
    alone = touches.order_by().values("party").annotate(knower=Min("by"), knowing=Count("by", distinct=True))
    found = alone.filter(knowing=1)
    return found if colleagues is None else found.filter(knower__in=colleagues)


def usual_since(at: datetime) -> datetime:
    """From when on touches count where nobody asks for another span."""
    return at - timedelta(days=USUAL_DAYS)
