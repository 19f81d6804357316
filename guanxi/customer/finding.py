"""What the command palette finds of the record: customers by all they are called, and orders by number."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Party
from guanxi.customer.normal import country_name
from guanxi.customer.queries.orders import orders_numbered
from guanxi.customer.search import matching
from guanxi.foundation.access.doors import member
from guanxi.foundation.ui import formats
from guanxi.foundation.ui.navigation import Found

MOST = 6
ENOUGH = 200  # an answer this long is cut before it is sorted: one letter must not sort a million customers


def find_customers(request: HttpRequest, text: str) -> list[Found]:
    """At most six customers whom the words mean, whom this colleague may see, by name."""
    some = matching(visible_parties(member(request)), text).values("pk")[:ENOUGH]
    found = Party.objects.filter(pk__in=list(some.values_list("pk", flat=True))).order_by("sort_key", "pk")
    return [_found(party) for party in found.defer("search", "search_vector", "provenance")[:MOST]]


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


def _found(party: Party) -> Found:
    place = ", ".join(part for part in (party.city, country_name(party.country)) if part)
    tail = _("ends in %(digits)s") % {"digits": party.phone[-4:]} if party.phone else ""
    return Found(
        label=f"{party.name} {party.latin_name}" if party.latin_name not in ("", party.name) else party.name,
        url=reverse("customer:customer", args=[party.pk]),
        icon=party.kind,
        hint=" · ".join(part for part in (place, tail) if part),
    )
