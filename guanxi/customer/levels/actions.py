"""A colleague decides about a customer's level; the administrator about what levels mean."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.actions.own_records import own_record
from guanxi.customer.models import ContactStandard, Level, LevelEntry, Party
from guanxi.customer.timeline import LevelSet, Occurrence, record
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.errors import UserError


@transaction.atomic
def set_level(*, party: Party, level: str, reason: str, by: User, at: datetime) -> LevelEntry:
    """Give the customer a level, or with an empty one leave it to the rule. Raises UserError without a reason."""
    if not reason.strip():
        raise UserError(_("Say why this customer is treated so. Nothing was saved."))
    own = own_record(party=party, at=at)
    entry = LevelEntry.objects.create(
        source_record=own, party=party, level=level, at=at, by=by, reason=reason.strip()[:200]
    )
    what = LevelSet(level=level, reason=entry.reason)
    record(Occurrence(party=party.pk, source_record=own.pk, what=what, at=at, by=by))
    return entry


@transaction.atomic
def set_standard(*, level: Level, contact_days: int | None, tiers: Sequence[str], by: User, at: datetime) -> None:
    """Say what a level means: contact at least every so many days, and which tiers have it by rule."""
    ContactStandard.objects.update_or_create(
        level=level, defaults={"contact_days": contact_days, "tiers": sorted(tiers)}
    )
    note(verb="customer.standard_set", by=by, at=at, subject=f"level:{level}", days=contact_days, tiers=sorted(tiers))
