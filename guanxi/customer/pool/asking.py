"""Protection, territory and who alone knows a customer, as filters and columns of the customer list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guanxi.customer.filters import Ago, BadCondition, Choice, register
from guanxi.customer.filters.kinds import NOBODY, Reference
from guanxi.customer.listing import columns
from guanxi.customer.listing.columns import Column, Row, Showing
from guanxi.customer.models import Territory
from guanxi.customer.pool.due import ending
from guanxi.customer.pool.knowing import known_only_by, usual_since
from guanxi.foundation.accounts.models import User
from guanxi.foundation.given import is_whole_number
from guanxi.foundation.ui import formats
from guanxi.foundation.ui.parts import UNKNOWN, html

UNTIL = "protected_until"


@dataclass(frozen=True, kw_only=True)
class Protected(Ago):
    """When a claim's protection ends, counted ahead in days. Comparisons: `within`, `beyond`, `never` (no claim)."""

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        if comparison == "never":
            return ~Q(pk__in=ending().values("party"))
        border = at + timedelta(days=value)
        ends = Q(ends_at__lte=border) if comparison == "within" else Q(ends_at__gt=border)
        return Q(pk__in=ending().filter(ends).values("party"))


class KnownOnlyBy(Choice):
    """With whom one of these colleagues alone was in touch within a year. Comparisons: `in`, `not_in`."""

    def read(self, comparison: str, value: object) -> list[str]:
        keys = super().read(comparison, value)
        if not all(is_whole_number(key) for key in keys):
            raise BadCondition(gettext("What is chosen for “%(field)s” does not exist.") % {"field": self.label})
        return keys

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        known = known_only_by(usual_since(at), [int(key) for key in value])
        condition = Q(pk__in=known.values("party"))
        return condition if comparison == "in" else ~condition


def register_ownership_fields() -> None:
    """Called once, when the app starts."""
    register(
        KnownOnlyBy(
            key="known_only_by",
            label=_("Known only to"),
            choices=lambda: [(str(each.pk), each.name) for each in User.objects.order_by("name")],
            phrases={
                "in": _("with whom only %(value)s was in touch within a year"),
                "not_in": _("with whom others than %(value)s were in touch within a year"),
            },
        )
    )
    register(
        Reference(
            key="territory",
            label=_("Territory"),
            path="territory",
            choices=_territories,
            phrases={"in": _("of the territory %(value)s"), "not_in": _("of another territory than %(value)s")},
        )
    )
    register(
        Protected(
            key="protection",
            label=_("Protection"),
            phrases={
                "within": _("whose protection ends within %(value)s"),
                "beyond": _("protected for more than %(value)s"),
                "never": _("whom no claim protects"),
            },
        )
    )
    columns.offer(
        Column(key=UNTIL, label=_("Protected until"), needs=(UNTIL,), computed=_computed, cell=_protected_until)
    )


def _territories() -> list[tuple[str, str]]:
    return [
        *((str(each.pk), each.name) for each in Territory.objects.order_by("name")),
        (NOBODY, gettext("no territory")),
    ]


def _computed() -> Mapping[str, Combinable]:
    return {UNTIL: Subquery(ending().filter(party=OuterRef("pk")).values("ends_at")[:1])}


def _protected_until(row: Row, shown: Showing) -> SafeString:
    until = row[UNTIL]
    return UNKNOWN if until is None else html(f'<span title="{formats.moment(until)}">{formats.day(until)}</span>')
