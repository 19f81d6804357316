"""What a row of the list needs, in one query."""

import math
from collections.abc import Iterable
from contextlib import suppress

from django.db.models import OuterRef, QuerySet, Subquery

from guanxi.customer.models import Event, Party
from guanxi.foundation.given import figure


def row_queryset(parties: QuerySet[Party]) -> QuerySet[Party]:
    """Parties with reading, owner and the channel of their latest event; without what no row shows."""
    latest = Event.objects.filter(party=OuterRef("pk")).order_by("-at", "-id")
    return (
        parties.select_related("reading", "owner", "team")
        .defer("search", "search_vector", "provenance", "owner__password")
        .annotate(last_channel=Subquery(latest.values("channel")[:1]))
    )


def shared_scale(parties: Iterable[Party], given: str) -> float:
    """The upper end of the axis all intervals of one list share: given by the page before, or a round figure."""
    with suppress(ValueError):
        return max(1.0, figure(given))
    highest = max((_highest(party) for party in parties), default=0.0)
    if highest <= 0:
        return 1.0
    step = 10.0 ** math.floor(math.log10(highest))
    return math.ceil(highest / step * 2) / 2 * step


def _highest(party: Party) -> float:
    reading = getattr(party, "reading", None)
    return float((reading and reading.expected_value_high) or 0.0)
