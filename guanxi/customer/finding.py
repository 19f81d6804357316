"""What the command palette finds of the record: customers by all they are called, and orders by number."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from guanxi.customer.access import visible_parties
from guanxi.customer.normal import country_name
from guanxi.customer.queries.called import books_called
from guanxi.customer.queries.orders import orders_numbered
from guanxi.customer.search import best, meant
from guanxi.foundation.access.doors import member
from guanxi.foundation.ui import formats
from guanxi.foundation.ui.navigation import Found

MOST = 6


def find_customers(request: HttpRequest, text: str) -> list[Found]:
    """At most six customers whom the words mean, whom this colleague may see, the likeliest first.

    When nobody is called so, those who bear the name that was probably meant, and the hint says it.
    """
    user = member(request)
    visible = visible_parties(user)
    if found := best(visible, text, by=user, most=MOST):
        return [_found(row) for row in found]
    instead = meant(text)
    hint = _("for “%(text)s”") % {"text": instead}
    return [_found(row, hint) for row in best(visible, instead, by=user, most=MOST)] if instead else []


def find_orders(request: HttpRequest, text: str) -> list[Found]:
    """Orders that bear exactly this number, each leading to its customer."""
    return [
        Found(
            label=_("Order %(number)s") % {"number": order.number},
            url=reverse("customer:customer", args=[order.party.pk]),
            icon="return" if order.amount < 0 else "order",
            hint=f"{order.party.name} · {formats.money(order.amount, order.currency)} · {formats.day(order.at)}",
        )
        for order in orders_numbered(text, visible_parties(member(request)))
    ]


def find_books(_request: HttpRequest, text: str) -> list[Found]:
    """The customers of each colleague and team that is called so, as a list."""
    return [
        Found(
            label=_("Customers of %(name)s") % {"name": book.name},
            url=book.address,
            icon="team" if book.is_team else "customers",
            hint=_("Team") if book.is_team else "",
        )
        for book in books_called(text)
    ]


def _found(row: Mapping[str, Any], *hints: str) -> Found:
    name, latin, phone = row["name"], row["latin_name"], row["phone"]
    place = ", ".join(part for part in (row["city"], country_name(row["country"])) if part)
    tail = _("ends in %(digits)s") % {"digits": phone[-4:]} if phone else ""
    return Found(
        label=f"{name} {latin}" if latin not in ("", name) else name,
        url=reverse("customer:customer", args=[row["pk"]]),
        icon=row["kind"],
        hint=" · ".join(part for part in (*hints, place, tail) if part),
    )
