"""Kinds of field that need more than one lookup."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from guanxi.customer.filters.fields import BadCondition, Choice
from guanxi.customer.models import Consent, PartyRole, PartyTag, Reading, Tag
from guanxi.foundation.given import is_whole_number

NOBODY = "none"


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
