"""Kinds of field that need more than one lookup."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Substr
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext as _

from guanxi.customer.filters.fields import Ago, BadCondition, Choice, Control, Day, Names
from guanxi.customer.filters.fields import Value as Given
from guanxi.customer.models import Consent, PartyRole, PartyTag, Reading, Tag
from guanxi.foundation.given import is_whole_number

NOBODY = "none"
BORN = Q(born__gt="")  # as the indexes have it
YEAR = 365


class Reference(Choice):
    """A choice among rows; the key `none` stands for customers without one."""

    def read(self, comparison: str, value: object) -> list[str]:
        keys = super().read(comparison, value)
        if not all(key == NOBODY or is_whole_number(key) for key in keys):
            raise BadCondition(_("What is chosen for “%(field)s” does not exist.") % {"field": self.label})
        return keys

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        condition = Q(**{f"{self.path}__in": [key for key in value if key != NOBODY]})
        if NOBODY in value:
            condition |= Q(**{f"{self.path}__isnull": True})
        return condition if comparison == "in" else ~condition


class Tagged(Choice):
    """Words put on customers by hand; a tag that was renamed or joined answers to its former name."""

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        meant = Tag.objects.filter(Q(name__in=value) | Q(former_names__overlap=value)).values("pk")
        has = Exists(PartyTag.objects.filter(party=OuterRef("pk"), tag__in=meant))
        return Q(has) if comparison == "in" else ~Q(has)


class ComputedTag(Choice):
    """Words that insight has computed; they stand in the readings."""

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        condition = Q(reading__tags__overlap=value)
        return (
            condition
            if comparison == "in"
            else ~Q(Exists(Reading.objects.filter(party=OuterRef("pk"), tags__overlap=value)))
        )


class HasRole(Choice):
    """What the party is to the company today."""

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        lasting = Q(until__isnull=True) | Q(until__gt=at.date())
        has = Exists(PartyRole.objects.filter(lasting, party=OuterRef("pk"), role__in=value, since__lte=at.date()))
        return Q(has) if comparison == "in" else ~Q(has)


class Consented(Choice):
    """The latest answer for a purpose on a channel; keys are such as `offers/mail`."""

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        condition = Q()
        for key in value:
            purpose, _slash, channel = key.partition("/")
            answers = Consent.objects.filter(party=OuterRef("pk"), purpose=purpose, channel=channel, at__lte=at)
            latest = Subquery(answers.order_by("-at", "-id").values("is_given")[:1])
            condition |= Q(Exact(latest, Value(comparison == "in")))
        return condition


class BirthDate(Day):
    """The day of birth. Comparisons: those of a day, `known`, `unknown`."""

    def control(self, comparison: str) -> Control:
        return "nothing" if comparison in {"known", "unknown"} else super().control(comparison)

    def read(self, comparison: str, value: object) -> Given:
        return None if comparison in {"known", "unknown"} else super().read(comparison, value)

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        if comparison == "unknown":
            return Q(born="")
        return BORN if comparison == "known" else BORN & super().where(comparison, value, at)

    def said(self, comparison: str, value: Any, names: Names) -> str:
        return "" if comparison in {"known", "unknown"} else super().said(comparison, value, names)


class Birthday(Ago):
    """The day of the year on which somebody was born. Comparisons: `coming` (within so many days), `this_month`."""

    def control(self, comparison: str) -> Control:
        return "nothing" if comparison == "this_month" else super().control(comparison)

    def read(self, comparison: str, value: object) -> Given:
        return None if comparison == "this_month" else super().read(comparison, value)

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        today = timezone.localtime(at).date()
        if comparison == "this_month":
            return _birthdays(f"{today:%m-01}", f"{today:%m-31}")
        if value >= YEAR:
            return BORN
        first, last = f"{today:%m-%d}", f"{today + timedelta(days=value):%m-%d}"
        if first <= last:
            return _birthdays(first, last)
        return _birthdays(first, "12-31") | _birthdays("01-01", last)

    def said(self, comparison: str, value: Any, names: Names) -> str:
        return "" if comparison == "this_month" else super().said(comparison, value, names)


def _birthdays(first: str, last: str) -> Q:
    """From a day of the year to another one, both as MM-DD."""
    day = Substr("born", 6)
    return BORN & Q(GreaterThanOrEqual(day, Value(first))) & Q(LessThanOrEqual(day, Value(last)))
