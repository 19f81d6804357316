"""What customers own, with the light of its warranty."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Prefetch

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Asset, Party, ServiceRecord
from guanxi.foundation.accounts.models import User

SHORTEST, MOST = 4, 6


@dataclass(frozen=True)
class Owned:
    """An asset as a page shows it. `warranty` is "good" while it lasts, "due" in its last 60 days, else "quiet"."""

    asset: Asset
    warranty: str
    services: list[ServiceRecord]
    next_due_on: date | None


def assets_of(party: Party, today: date) -> list[Owned]:
    """What the customer owns, the newest first, then what it owned; two queries."""
    services = Prefetch("services", ServiceRecord.objects.select_related("by").order_by("-on", "-id"))
    found = Asset.objects.filter(party=party).annotate(due=Max("services__next_due_on")).prefetch_related(services)
    return [
        Owned(each, _warranty(each, today), list(each.services.all()), each.due)
        for each in found.order_by("retired_on", "-bought_on", "-id")
    ]


def _warranty(asset: Asset, today: date) -> str:
    if asset.warranty_until is None or asset.warranty_until < today:
        return "quiet"
    return "due" if (asset.warranty_until - today).days <= 60 else "good"


def assets_numbered(text: str, user: User) -> list[Asset]:
    """Assets of visible customers that bear exactly this number, whatever the case."""
    serial = text.strip()
    if len(serial) < SHORTEST:
        return []
    found = Asset.objects.filter(serial__in={serial, serial.upper(), serial.lower()}, party__in=visible_parties(user))
    return list(found.select_related("party").order_by("-id")[:MOST])
