"""Customers whose protection has ended fall back into their pool, a lot at a time."""

from datetime import datetime

from django.db import transaction

from guanxi.customer.actions.claiming import recycle
from guanxi.customer.actions.giving import hold
from guanxi.customer.pool.due import due
from guanxi.foundation.audit.actions import record as note

LOT = 500


@transaction.atomic
def recycle_lot(*, at: datetime, most: int = LOT) -> int:
    """Recycle up to `most` customers whose claims have ended; returns how many, 0 when none is left.

    Rows that somebody is just changing are passed over, not waited for. A kill leaves whole lots only.
    """
    ended = list(due(at).values_list("party", flat=True)[:most])
    held = hold(ended, at=at, skip_locked=True)
    still = set(due(at).filter(party__in=[each.pk for each in held]).values_list("party", flat=True))
    falling = [each for each in held if each.pk in still]
    recycle(falling, at=at)
    if falling:
        note(verb="pool.recycled", by=None, at=at, parties=[each.pk for each in falling])
    return len(falling)
