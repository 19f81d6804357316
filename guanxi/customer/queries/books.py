"""What a colleague looks after."""

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Sum
from django.utils.functional import Promise

from guanxi.customer.models import HandedOver, Handover, Party
from guanxi.customer.pool.portions import portions
from guanxi.foundation.accounts.models import User


@dataclass(frozen=True)
class Book:
    """A colleague's customers in figures: how many, their expected value, and the open work by portion."""

    customers: int
    value: float
    work: list[tuple[str, str | Promise, int]]  # key, label, how many


def book_of(user: User) -> list[tuple[int, int | None]]:
    """(party, territory) of every customer of this colleague, the most valuable first, so that turns deal fairly."""
    mine = Party.objects.filter(owner=user)
    return list(
        mine.order_by(F("reading__expected_value").desc(nulls_last=True), "pk").values_list("pk", "territory_id")
    )


def figures_of(user: User) -> Book:
    """The book in figures, before it is handed over."""
    summed = Party.objects.filter(owner=user).aggregate(n=Count("pk"), value=Sum("reading__expected_value"))
    work = [(each.key, each.label, each.of(user).count()) for each in portions()]
    return Book(summed["n"], summed["value"] or 0.0, work)


def moved_along(handover: Handover) -> list[tuple[str | Promise, int]]:
    """The work that went along with a book: (label, how many) by portion."""
    return [(each.label, len(handover.moved[each.key])) for each in portions() if handover.moved.get(each.key)]


def kept_items(handover: Handover) -> QuerySet[HandedOver]:
    """The customers of an undone hand-over that did not go back, because they were given on or fit no more."""
    items = handover.items.filter(given_back_at=None) if handover.undone_at else handover.items.none()
    return items.select_related("party", "party__owner", "to").order_by("pk")
