"""Whose time is over by a rule of retention, and who is kept nevertheless, because a stronger ground speaks for it."""

from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise as Text
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models import (
    Asset,
    Consent,
    Party,
    PartyRole,
    PrivacyRequest,
    Promise,
    Reading,
    RetentionRule,
    Task,
)
from guanxi.customer.models import SourceRecord as Record
from guanxi.customer.privacy.facts import ORDER_LINES
from guanxi.foundation.history import store

What = RetentionRule.What


@dataclass(frozen=True)
class Ground:
    """Why customers are kept although their time is over; `speaks_for` tells which, asked about `Party`."""

    name: str
    label: str | Text
    speaks_for: Callable[[], Q]


def _has(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.filter(party=OuterRef("pk"))))


_grounds: dict[str, Ground] = {}


def outrank(ground: Ground) -> None:
    """Let this ground keep customers whatever the rules say: whoever adds cases or invoices adds theirs."""
    _grounds[ground.name] = ground


def grounds() -> list[Ground]:
    """All of them, in the order in which they were added."""
    return list(_grounds.values())


for each in (
    Ground("promise", _("an open promise"), lambda: _has(Promise.objects.filter(kept_at=None, withdrawn_at=None))),
    Ground("task", _("an open task"), lambda: _has(Task.objects.filter(done_at=None))),
    Ground(
        "role",
        _("another role: supplier, owner, partner, employee"),
        lambda: _has(PartyRole.objects.exclude(role=PartyRole.Role.CUSTOMER)),
    ),
    Ground(
        "request",
        _("a privacy request that waits for its answer"),
        lambda: _has(PrivacyRequest.objects.filter(finished_at=None, refused_at=None)),
    ),
    Ground(
        "refusal",
        _("an erasure that was refused, with a ground"),
        lambda: _has(PrivacyRequest.objects.filter(kind=PrivacyRequest.Kind.ERASURE).exclude(refused_at=None)),
    ),
):
    outrank(each)


def due(rule: RetentionRule, at: datetime) -> QuerySet[Party]:
    """Customers whose time is over and for whom no ground speaks; the longest over first. Who bought since the last
    refresh is among them: see `buyers`."""
    kept = Q()
    for each in grounds():
        kept |= each.speaks_for()
    return over(rule, at).exclude(kept).order_by("touched_at", "pk")


def over(rule: RetentionRule, at: datetime) -> QuerySet[Party]:
    """Customers whose time is over, those who are kept nevertheless among them. A household follows its members."""
    return _NEVER_BOUGHT_AND[What(rule.what)](months_before(at, rule.months))


def buyers(parties: Collection[int]) -> set[int]:
    """Those of the customers of whom the history knows a purchase, refreshed or not."""
    records = Record.objects.filter(party__in=parties).values_list("source__key", "external_id", "party")
    party_of = {(source, number): party for source, number, party in records}
    lines = store().facts_of(ORDER_LINES, party_of) if party_of else None
    if lines is None:
        return set()
    found = lines.select(["source", "external_id"]).group_by(["source", "external_id"]).aggregate([])
    return {party_of[row["source"], row["external_id"]] for row in found.to_pylist()}


def months_before(at: datetime, months: int) -> datetime:
    """The same day of an earlier month, or its last one."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


def _never_bought() -> QuerySet[Party]:
    bought = _has(Reading.objects.filter(orders__gt=0)) | _has(Asset.objects.all())
    return Party.objects.exclude(kind=Party.Kind.HOUSEHOLD).exclude(bought)


def _silent_since(border: datetime) -> QuerySet[Party]:
    return _never_bought().filter(Q(touched_at__lt=border) | Q(touched_at=None), created_at__lt=border)


def _withdrawn_before(border: datetime) -> QuerySet[Party]:
    answers = Consent.objects.filter(party=OuterRef("pk"))
    later = Consent.objects.filter(
        party=OuterRef("party"), purpose=OuterRef("purpose"), channel=OuterRef("channel"), at__gt=OuterRef("at")
    )
    stands = answers.filter(Q(is_given=True) & ~Exists(later) | Q(at__gte=border))
    return _never_bought().filter(Exists(answers)).exclude(Exists(stands))


_NEVER_BOUGHT_AND = {What.ENQUIRY: _silent_since, What.WITHDRAWN: _withdrawn_before}
