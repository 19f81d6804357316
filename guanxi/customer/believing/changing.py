"""Changing who is believed. All customers are computed anew in the background; until then the old belief stands."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from guanxi.customer.fields import field_named
from guanxi.customer.intake.rules import hold_rules
from guanxi.customer.models import BeliefRule, Reappraisal, Source, SourceRecord
from guanxi.customer.survivorship import GOLDEN
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.errors import UserError

STEP = 10  # between two ranks
HIGHEST = 32_000


@transaction.atomic
def change_rule(*, field: str, rule: str, ranking: Sequence[str], by: User, at: datetime) -> Reappraisal | None:
    """Set how one field is decided; `ranking` are keys of sources believed before all others for it.

    None when nothing was changed. Raises UserError.
    """
    _check(field, rule)
    hold_rules()
    known = list(Source.objects.exclude(key=Source.OWN).values_list("key", flat=True))
    wanted = [key for key in dict.fromkeys(ranking) if key in known]
    held = BeliefRule.objects.filter(field=field).first()
    before = {"rule": held.rule, "ranking": held.ranking} if held else {"rule": BeliefRule.Rule.RANK, "ranking": []}
    if before == {"rule": rule, "ranking": wanted}:
        return None
    facts = {"rule": rule, "ranking": wanted, "changed_at": at, "changed_by": by}
    BeliefRule.objects.update_or_create(field=field, defaults=facts)
    note(verb="customer.rule_changed", by=by, at=at, subject=f"rule:{field}", before=before, after=[rule, wanted])
    return ask_reappraisal(by=by, at=at)


@transaction.atomic
def move_source(*, source: Source, up: bool, by: User, at: datetime) -> Reappraisal | None:
    """Let a source change places with its neighbour in the overall ranking. None at the end of it.

    Sources that had the same rank are parted by the order in which the page lists them: first by rank, then by name.
    """
    hold_rules()
    rows = list(ranked_sources())
    place = next((place for place, each in enumerate(rows) if each.pk == source.pk), None)
    other = place + (-1 if up else 1) if place is not None else -1
    if place is None or not 0 <= other < len(rows):
        return None
    rows[place], rows[other] = rows[other], rows[place]
    before = {each.key: each.rank for each in rows}
    for number, each in enumerate(rows, start=1):
        each.rank = min(number * STEP, HIGHEST)
    Source.objects.bulk_update(rows, ["rank"])
    note(verb="customer.sources_ranked", by=by, at=at, before=before, after={each.key: each.rank for each in rows})
    return ask_reappraisal(by=by, at=at)


def ranked_sources() -> Sequence[Source]:
    """Every source but what people type, the one believed first at the top."""
    return list(Source.objects.exclude(key=Source.OWN).order_by("rank", "name", "pk"))


def ask_reappraisal(*, by: User, at: datetime) -> Reappraisal:
    """Note that everybody known from several records is to be computed anew; an unfinished one is taken over."""
    Reappraisal.objects.filter(finished_at=None, superseded_at=None).update(superseded_at=at)
    several = SourceRecord.objects.values("party").annotate(records=Count("pk")).filter(records__gt=1)
    return Reappraisal.objects.create(asked_at=at, asked_by=by, total=several.count())


def _check(field: str, rule: str) -> None:
    if field not in GOLDEN and field_named(field) is None:
        raise UserError(_("“%(field)s” is no field of a customer. Nothing was changed.") % {"field": field})
    if rule not in BeliefRule.Rule.values:
        raise UserError(_("There is no such rule. Nothing was changed."))
