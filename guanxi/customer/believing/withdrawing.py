"""A source turns out to be wrong as a whole: nothing it says is believed any more, until it is heard again.

What it said stays word for word, and its records stay with their customers; only belief changes.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.intake import recompute
from guanxi.customer.models import Source, SourceRecord
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.errors import UserError

LOT = 500


@transaction.atomic
def withdraw_source(*, source: Source, by: User, at: datetime) -> None:
    """Believe nothing of this source. Let `reappraise_source` run afterwards. Raises UserError."""
    held = Source.objects.select_for_update().get(pk=source.pk)
    if held.key == Source.OWN:
        raise UserError(_("What colleagues type is always heard. Nothing was changed."))
    if held.withdrawn_at is not None:
        raise UserError(_("This source is withdrawn already. Nothing was changed."))
    Source.objects.filter(pk=held.pk).update(withdrawn_at=at, withdrawn_by=by)
    note(verb="customer.source_withdrawn", by=by, at=at, subject=f"source:{held.pk}", key=held.key)


@transaction.atomic
def return_source(*, source: Source, by: User, at: datetime) -> None:
    """Hear a withdrawn source again, at its old rank. Raises UserError."""
    held = Source.objects.select_for_update().get(pk=source.pk)
    if held.withdrawn_at is None:
        raise UserError(_("This source is heard already. Nothing was changed."))
    Source.objects.filter(pk=held.pk).update(withdrawn_at=None, withdrawn_by=None)
    note(verb="customer.source_returned", by=by, at=at, subject=f"source:{held.pk}", key=held.key)


def reappraise_source(source: int) -> int:
    """Compute every customer known from this source anew, a lot at a time; returns how many. Twice does no harm."""
    reached, done = 0, 0
    while parties := _next(source, reached):
        recompute(parties)
        reached, done = parties[-1], done + len(parties)
    return done


def _next(source: int, after: int) -> list[int]:
    known = SourceRecord.objects.filter(source=source, party__gt=after).order_by("party")
    return list(known.values_list("party", flat=True).distinct()[:LOT])
