"""What people decide about delivery."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.collaborative.channels.events import sent_event
from guanxi.collaborative.channels.models import Attempt
from guanxi.customer.models import Outbox
from guanxi.customer.timeline import record
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.errors import UserError


@transaction.atomic
def settle_doubt(*, row: Outbox, has_arrived: bool, by: User, at: datetime) -> None:
    """A person says what became of the message: it counts as sent when it went out, or it waits to be sent anew.

    Raises:
        UserError: it is not in doubt (any more).
    """
    Outbox.objects.select_for_update().get(pk=row.pk)
    attempt = Attempt.objects.filter(outbox=row, end=Attempt.End.IN_DOUBT).first()
    if attempt is None:
        raise UserError(_("This message is no longer in doubt. Nothing was changed."))
    attempt.end = Attempt.End.SENT if has_arrived else Attempt.End.LOST
    attempt.save()
    if has_arrived:
        Outbox.objects.filter(pk=row.pk).update(sent_at=attempt.at)
        record(sent_event(row, attempt.at))
    else:
        Outbox.objects.filter(pk=row.pk).update(claimed_at=None, due_at=at)
    note(verb="channels.doubt_settled", by=by, at=at, subject=f"outbox:{row.pk}", has_arrived=has_arrived)
