"""The orders of the list. Customers of whom the figure is not known come last, by name, whatever the direction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guanxi.customer import marks
from guanxi.customer.listing.patience import Patience
from guanxi.customer.models import Party

DEFAULT = "-expected_value"


@dataclass(frozen=True)
class Order:
    """A figure to sort by. `ties_ascend` is the direction of the id in the index that serves the descending order."""

    label: str | Promise
    path: str
    read: Callable[[Any], Any]
    ties_ascend: bool = False
    is_known: bool = False  # of every customer
    is_filled: bool = False  # never null where there is a row for it


ORDERS: Mapping[str, Order] = {
    "name": Order(_("name"), "sort_key", str, is_known=True, is_filled=True),
    "expected_value": Order(_("expected value"), "reading__expected_value", float),
    "churn": Order(_("chance to stay away"), "reading__churn", float),
    "profit": Order(_("expected profit"), "reading__profit", float),
    "lifetime": Order(_("lifetime value"), "reading__lifetime", float),
    "at_stake": Order(_("what is at stake, if woken"), "reading__at_stake", float),
    "revenue_year": Order(_("revenue of 12 months"), "reading__revenue_year", float),
    "revenue": Order(_("revenue of all time"), "reading__revenue", float, is_filled=True),
    "orders": Order(_("number of orders"), "reading__orders", float, is_filled=True),
    "strength": Order(_("strength of behaviour"), "reading__strength_behaviour", float),
    "last_order": Order(_("last order"), "reading__last_order_at", marks.moment),
    "touched": Order(_("last touch"), "touched_at", marks.moment, ties_ascend=True),
    "created": Order(_("day of entry"), "created_at", marks.moment, is_known=True, is_filled=True),
}


_sources: list[Callable[[], Mapping[str, Order]]] = []


def register_source(source: Callable[[], Mapping[str, Order]]) -> None:
    """Make orders known that change while the program runs."""
    _sources.append(source)


def orders() -> dict[str, Order]:
    """Every order by its key."""
    return {**ORDERS, **{key: order for source in _sources for key, order in source().items()}}


def order_of(sort: str) -> Order | None:
    """The order of `name` or `-name`; None when there is none (any more)."""
    key = sort.removeprefix("-")
    return ORDERS.get(key) or orders().get(key)


@dataclass(frozen=True)
class Mark:
    """Where a page ended: which part of the list, the sorting value there, and the party."""

    part: int
    value: Any
    pk: int

    def written(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        return marks.written([self.part, value, self.pk])


def read_mark(text: str, sort: str) -> Mark | None:
    """The mark in an address; None when there is none, or it does not fit this order."""
    try:
        number, value, pk = marks.read(text)
        part = int(number)
        return Mark(part, parts(sort)[part].order.read(value), int(pk))
    except (ValueError, IndexError):
        return None


@dataclass(frozen=True)
class Part:
    """One stretch of the list that a single index can serve."""

    only: Q
    order: Order
    descending: bool

    def after(self, mark: Mark) -> Q:
        """Rows behind the mark. The leading condition is redundant, and lets the index be entered at the mark."""
        path = self.order.path
        beyond, not_before = ("lt", "lte") if self.descending else ("gt", "gte")
        tied = Q(**{path: mark.value, f"pk__{'gt' if self._ties_ascend else 'lt'}": mark.pk})
        return Q(**{f"{path}__{not_before}": mark.value}) & (Q(**{f"{path}__{beyond}": mark.value}) | tied)

    def ordering(self) -> list[OrderBy]:
        """As the index has it, nulls included: over a NULLS FIRST that does not fit, the planner sorts all rows."""
        by, tie = F(self.order.path), F("pk")
        last = {} if self.order.is_filled else {"nulls_last": True} if self.descending else {"nulls_first": True}
        first = by.desc(**last) if self.descending else by.asc(**last)
        return [first, tie.asc() if self._ties_ascend else tie.desc()]

    @property
    def _ties_ascend(self) -> bool:
        """An index read backwards has its ties backwards too."""
        return self.order.ties_ascend == self.descending


def parts(sort: str) -> list[Part]:
    """The list's stretches, in order, for `name` or `-name`."""
    descending = sort.startswith("-")
    order = order_of(sort) or ORDERS[DEFAULT.removeprefix("-")]
    if order.is_known:
        return [Part(Q(), order, descending)]
    unknown = Q(**{f"{order.path}__isnull": True})
    return [Part(~unknown, order, descending), Part(unknown, ORDERS["name"], descending=False)]


def sorting_paths(sort: str) -> list[str]:
    """The lookups whose values a row must bring, so that a mark can be made of it."""
    return [part.order.path for part in parts(sort)]


def page(
    parties: QuerySet[Party, dict[str, Any]], sort: str, mark: Mark | None, size: int, *, is_narrow: bool = False
) -> tuple[list[dict[str, Any]], Mark | None]:
    """The next `size` rows behind the mark, and the mark behind which there are more (None at the end).

    `parties` are rows of values, with `pk` and `sorting_paths(sort)` among them; `is_narrow` says that conditions leave
    some of them out, perhaps nearly all.
    """
    found: list[tuple[int, dict[str, Any]]] = []
    stretches, patience = parts(sort), Patience(parties) if is_narrow else None
    for number, part in enumerate(stretches):
        if mark is not None and number < mark.part:
            continue
        rows = parties.filter(part.only).order_by(*part.ordering())
        if mark is not None and number == mark.part:
            rows = rows.filter(part.after(mark))
        most = size + 1 - len(found)
        found += [(number, row) for row in (patience.first(rows, most) if patience else rows[:most])]
        if len(found) > size:
            break
    shown = [row for _number, row in found[:size]]
    if len(found) <= size:
        return shown, None
    number, last = found[size - 1]
    return shown, Mark(number, last[stretches[number].order.path], last["pk"])
