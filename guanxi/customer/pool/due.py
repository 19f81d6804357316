"""When a claim ends: its protection, or a rule of its pool, whichever comes first."""

from datetime import datetime, timedelta
from typing import Annotated, TypedDict

from django.db.models import Case, DateTimeField, DurationField, F, Func, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Greatest, Least
from django_stubs_ext import Annotations

from guanxi.customer.models import Claim, RecycleRule
from guanxi.customer.pool.claims import standing


class Ends(TypedDict):
    ends_at: datetime


class _EndOfDay(Func):
    """The first moment after a day written as 2026-03-31, as UTC counts days; what is no day has none."""

    template = (
        r"(to_timestamp(substring(%(expressions)s FROM '^\d{4}-\d{2}-\d{2}$'), 'YYYY-MM-DD') + interval '24 hours')"
    )
    output_field = DateTimeField()


def ending() -> QuerySet[Annotated[Claim, Annotations[Ends]]]:
    """Standing claims with the moment they end, `ends_at`."""
    return standing().annotate(ends_at=ends_at())


def ends_at() -> Combinable:
    """The moment a claim ends, as an expression on Claim. LEAST passes over rules that say nothing of a claim."""
    rules = [_falls_back(rule) for rule in RecycleRule.objects.filter(pool__closed_at=None).order_by("pk")]
    return Least(F("recycle_at"), *rules) if rules else F("recycle_at")


def due(at: datetime) -> QuerySet[Annotated[Claim, Annotations[Ends]]]:
    """Standing claims that have ended by this moment, the longest overdue first."""
    return ending().filter(ends_at__lte=at).order_by("ends_at", "pk")


def _falls_back(rule: RecycleRule) -> Combinable:
    of_tier = Q(party__reading__tier__in=rule.tiers) if rule.tiers else Q()
    moment = _since(rule) + Value(timedelta(days=rule.days), output_field=DurationField())
    return Case(When(Q(pool=rule.pool_id) & of_tier, then=moment), default=None, output_field=DateTimeField())


def _since(rule: RecycleRule) -> Combinable:
    if rule.after == RecycleRule.After.FOLLOW_UP:
        return Coalesce(F("followed_at"), F("claimed_at"))
    if rule.after == RecycleRule.After.ORDER:
        return Greatest(F("claimed_at"), F("party__reading__last_order_at"))
    return _EndOfDay(KeyTextTransform(rule.field, "party__custom"))
