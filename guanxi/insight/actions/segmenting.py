"""Keeping and dropping segments."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from guanxi.customer.filters import Asked, as_json
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.errors import UserError
from guanxi.insight.asking import asks_for_segments
from guanxi.insight.models import Segment


@transaction.atomic
def save_segment(*, segment: Segment, conditions: Sequence[Asked], by: User, at: datetime) -> Segment:
    """Keep a segment's name and conditions.

    Raises:
        UserError: another segment has this name, or the conditions ask for segments.
    """
    if asks_for_segments(as_json(conditions)):
        raise UserError(
            _("A segment cannot ask for segments: it might ask for itself. Nothing was saved. Take that condition out.")
        )
    if Segment.objects.filter(name=segment.name).exclude(pk=segment.pk).exists():
        raise UserError(_("Another segment is called so. Nothing was saved. Choose a different name."))
    if segment._state.adding:
        segment.made_by, segment.made_at = by, at
    segment.conditions = as_json(conditions)
    segment.save()
    record(verb="insight.segment_saved", by=by, at=at, subject=f"segment:{segment.pk}", conditions=segment.conditions)
    return segment


@transaction.atomic
def delete_segment(*, segment: Segment, by: User, at: datetime) -> None:
    """Drop a segment that nothing uses.

    Raises:
        UserError: a campaign goes to it.
    """
    record(verb="insight.segment_deleted", by=by, at=at, subject=f"segment:{segment.pk}", name=segment.name)
    try:
        segment.delete()
    except ProtectedError:
        raise UserError(_("A campaign uses this segment, so it stays. Nothing was changed.")) from None
