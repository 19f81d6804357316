"""The columns of a table of customers: under names by which an import knows them again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guanxi.integration.transfer.export.customers.taking import READ, Taken

SEVERAL = 3  # phones and addresses of a customer that get a column
Cell = str | int | float | date | datetime | None

READ_LABELS: dict[str, Promise] = {
    "owner": _("Looked after by"),
    "stage": _("Stage"),
    "tier": _("Tier"),
    "orders": _("Orders"),
    "last_order_at": _("Last order"),
    "revenue_12_months": _("Revenue of 12 months"),
    "expected_value_days": _("Days of the expected value"),
    "expected_value": _("Expected value"),
    "expected_value_low_80": _("Expected value, low (80%)"),
    "expected_value_high_80": _("Expected value, high (80%)"),
    "churn": _("Chance to stay away"),
    "profit": _("Expected profit"),
    "profit_low_80": _("Expected profit, low (80%)"),
    "profit_high_80": _("Expected profit, high (80%)"),
    "lifetime": _("Lifetime value, five years"),
    "lifetime_low_80": _("Lifetime value, low (80%)"),
    "lifetime_high_80": _("Lifetime value, high (80%)"),
}
PLAIN_LABELS: dict[str, Promise] = {
    "name": _("Name"),
    "latin_name": _("Name in Latin letters"),
    "kind": _("Person or organisation"),
    "born": _("Birth date"),
}
PLACE_LABELS: dict[str, Promise] = {
    "street": _("Street"),
    "city": _("City"),
    "postcode": _("Postcode"),
    "country": _("Country"),
    "language": _("Language"),
}


@dataclass(frozen=True)
class Column:
    """`cell` takes a customer; texts come back as they are, figures and moments as such."""

    name: str
    cell: Callable[[Taken], Cell]


def columns(customs: Iterable[str]) -> list[Column]:
    """The columns in the active language; the company's own fields under their labels."""
    return [
        Column(str(_("Customer number")), lambda each: next(iter(each.numbers), "")),
        *(Column(str(label), _plain(name)) for name, label in PLAIN_LABELS.items()),
        Column(str(_("Company")), lambda each: each.company),
        *_several(str(_("E-mail")), lambda each: each.emails),
        *_several(str(_("Phone")), lambda each: each.phones),
        *(Column(str(label), _plain(name)) for name, label in PLACE_LABELS.items()),
        Column(str(_("Tags")), lambda each: "; ".join(each.tags)),
        *(Column(label, _custom(label)) for label in customs),
        *(Column(str(READ_LABELS[name]), _read(name)) for name in READ),
        Column(str(_("Known since")), _plain("created_at")),
        Column(str(_("Number in Guanxi")), _plain("pk")),
    ]


def _several(name: str, values: Callable[[Taken], list[str]]) -> Iterator[Column]:
    for place in range(SEVERAL):
        yield Column(f"{name} {place + 1}" if place else name, _nth(values, place))


def _nth(values: Callable[[Taken], list[str]], place: int) -> Callable[[Taken], Cell]:
    return lambda each: next(iter(values(each)[place : place + 1]), "")


def _plain(name: str) -> Callable[[Taken], Any]:
    return lambda each: each.plain[name]


def _read(name: str) -> Callable[[Taken], Any]:
    return lambda each: each.read[name]


def _custom(label: str) -> Callable[[Taken], Cell]:
    return lambda each: each.custom.get(label, "")
