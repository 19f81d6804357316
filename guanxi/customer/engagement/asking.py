"""What customers can be asked for by what was promised to them."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanxi.customer.engagement.queries import OPEN
from guanxi.customer.filters import Flag, register
from guanxi.customer.models import Promise
from guanxi.foundation.company.calendar import day_of


def _broken(at: datetime) -> Q:
    return Q(pk__in=Promise.objects.filter(OPEN, due_on__lt=day_of(at)).values("party"))


def _pending(at: datetime) -> Q:
    return Q(pk__in=Promise.objects.filter(OPEN, due_on__gte=day_of(at)).values("party"))


def register_promises() -> None:
    """Called once, when the app starts. Open promises are few, and stand in an index of their own."""
    register(
        Flag(
            key="promise",
            label=_("Promises"),
            conditions={"broken": _broken, "pending": _pending, "unbroken": lambda at: ~_broken(at)},
            phrases={
                "broken": _("to whom a promise was broken"),
                "pending": _("who still wait for what was promised"),
                "unbroken": _("to whom no promise is broken"),
            },
        )
    )
