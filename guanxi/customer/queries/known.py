"""Customers whom one employee alone knows: everybody else would have to begin with them from nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from guanxi.customer.models import Party
from guanxi.customer.pool.knowing import known_only_by
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry

EXPORTED = "customer.exported"
LOT = 10_000


@dataclass
class KnownToOne:
    """A colleague and the customers nobody else has been in touch with; what they have taken out as files meanwhile."""

    colleague: User
    customers: int = 0
    owned: int = 0  # of them, those the colleague looks after too
    value: float = 0.0  # expected value of all of them
    exports: int = 0
    rows: int = 0


def by_colleague(visible: QuerySet[Party], now: datetime, days: int) -> list[KnownToOne]:
    """The report over the last `days`, the most value at risk first; a query for every ten thousand customers."""
    since = now - timedelta(days=days)
    knows = {row["party"]: row["knower"] for row in known_only_by(since)}
    told = {pk: KnownToOne(person) for pk, person in User.objects.in_bulk(list(set(knows.values()))).items()}
    for party, owner, value in _figures(visible, list(knows)):
        each = told[knows[party]]
        each.customers += 1
        each.owned += owner == knows[party]
        each.value += value or 0.0
    _count_exports(told, since)
    found = [each for each in told.values() if each.customers]
    return sorted(found, key=lambda each: (-each.value, -each.customers, each.colleague.name))


def _figures(visible: QuerySet[Party], parties: list[int]) -> Iterator[tuple[int, int | None, float | None]]:
    for start in range(0, len(parties), LOT):
        lot = visible.filter(pk__in=parties[start : start + LOT]).order_by()
        yield from lot.values_list("pk", "owner_id", "reading__expected_value")


def _count_exports(told: dict[int, KnownToOne], since: datetime) -> None:
    taken = Entry.objects.filter(verb=EXPORTED, at__gte=since, by__in=list(told))
    for by, rows in taken.order_by().values_list("by", "facts__rows"):
        told[by].exports += 1
        told[by].rows += rows if isinstance(rows, int) else 0
