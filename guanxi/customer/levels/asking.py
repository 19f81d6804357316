"""What lists of customers ask and show of levels: the level itself, and whether its contact standard is kept.

Decisions of colleagues are few and rules are many, so both are asked the way they can be answered from an index:
who was decided on through `level_latest`, everybody else through the tier of their reading.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guanxi.customer.filters import Choice, Flag, register
from guanxi.customer.levels.standing import levels_of_tiers, standards
from guanxi.customer.listing.columns import Column, Row, Showing, offer
from guanxi.customer.models import Level, LevelEntry
from guanxi.foundation.ui.parts import html

LATER = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))


def has_level(levels: list[str]) -> Q:
    """The condition on Party of having one of these levels, by decision or by rule."""
    by_tier = levels_of_tiers(standards())
    tiers = [tier for tier, level in by_tier.items() if level in levels]
    by_rule = Q(reading__tier__in=tiers)
    if Level.BASIC in levels:
        by_rule |= ~Q(reading__tier__in=list(by_tier))  # also those without a reading
    return Q(pk__in=_decided(level__in=levels)) | (by_rule & ~Q(pk__in=_decided(level__gt="")))


def _decided(**what: Any) -> Any:
    """The parties whose latest decision is so."""
    later = LevelEntry.objects.filter(LATER, party=OuterRef("party"))
    return LevelEntry.objects.filter(~Exists(later), **what).values("party")


def is_missed(at: datetime) -> Q:
    """The condition on Party that nobody was in touch as often as the level promises."""
    missed = Q(pk__in=[])
    for level, standard in standards().items():
        if standard.contact_days:
            border = at - timedelta(days=standard.contact_days)
            silent = Q(touched_at__lt=border) | Q(touched_at=None, created_at__lt=border)
            missed |= has_level([level]) & silent
    return missed


class HasLevel(Choice):
    """One of the five levels; nobody is without one."""

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        rest = [level for level in Level.values if level not in value]
        return has_level(value if comparison == "in" else rest)


def effective_level() -> Mapping[str, Any]:
    """The level of each row of a list, by decision or by rule, as an expression on Party."""
    latest = LevelEntry.objects.filter(party=OuterRef("pk")).order_by("-at", "-pk").values("level")[:1]
    rules = [When(reading__tier=tier, then=Value(level)) for tier, level in levels_of_tiers(standards()).items()]
    by_rule = Case(*rules, default=Value(Level.BASIC.value), output_field=CharField())
    return {"level": Coalesce(NullIf(Subquery(latest), Value("")), by_rule)}


def _cell(row: Row, _shown: Showing) -> SafeString:
    return html(str(Level(row["level"]).label))


def offer_levels() -> None:
    """Called once, when the app starts."""
    register(
        HasLevel(
            key="level",
            label=_("Relationship level"),
            choices=lambda: Level.choices,
            phrases={"in": _("at the level %(value)s"), "not_in": _("not at the level %(value)s")},
        )
    )
    register(
        Flag(
            key="contact",
            label=_("Contact standard"),
            conditions={"missed": is_missed, "kept": lambda at: ~is_missed(at)},
            phrases={
                "missed": _("whose contact standard is not kept"),
                "kept": _("whose contact standard is kept"),
            },
        )
    )
    offer(Column(key="level", label=_("Level"), needs=("level",), cell=_cell, computed=effective_level))
