"""Entries of the timeline: pinned on top, and notes that their writers take back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.models import Event, Pin, Striking
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError

MOST_PINS = 5
TYPED = ("customer.note_written", "customer.call_logged", "customer.meeting_held")


@transaction.atomic
def pin(*, event: Event, by: User, at: datetime) -> None:
    """Keep an entry on top. Raises UserError when five are there already."""
    if Pin.objects.filter(party=event.party_id).exclude(event=event).count() >= MOST_PINS:
        raise UserError(_("Five entries are pinned already. Take one off first."))
    Pin.objects.get_or_create(
        event=event,
        defaults={"source_record_id": event.source_record_id, "party_id": event.party_id, "by": by, "at": at},
    )


def unpin(*, event: Event) -> None:
    """Let an entry go back to its place."""
    Pin.objects.filter(event=event).delete()


@transaction.atomic
def strike(*, event: Event, reason: str, by: User, at: datetime) -> None:
    """Take back what oneself wrote; it stays readable, struck through. Raises UserError."""
    if event.kind not in TYPED or event.by_id != by.pk:
        raise UserError(_("Only what you wrote yourself can be taken back. Nothing was changed."))
    if not reason.strip():
        raise UserError(_("Say why it is taken back. Nothing was changed."))
    Striking.objects.get_or_create(
        event=event,
        defaults={
            "source_record_id": event.source_record_id,
            "party_id": event.party_id,
            "by": by,
            "at": at,
            "reason": reason.strip()[:200],
        },
    )
    unpin(event=event)
