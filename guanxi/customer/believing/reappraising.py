"""Computing everybody anew who is known from several records, lot by lot; one record alone is believed by any rule."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from guanxi.customer.intake import recompute
from guanxi.customer.models import Reappraisal

LOT = 500
NEXT = """
SELECT party_id FROM customer_sourcerecord WHERE party_id > %s
GROUP BY party_id HAVING count(*) > 1 ORDER BY party_id LIMIT %s
"""


def reappraise(*, clock: Callable[[], datetime], lots: int | None = None) -> None:
    """Work the open reappraisal off; after a kill the next call goes on behind the last whole lot."""
    while lots is None or lots > 0:
        if not _lot(clock):
            return
        lots = None if lots is None else lots - 1


def reappraisal_underway() -> Reappraisal | None:
    """The one that is not finished, if any."""
    return Reappraisal.objects.filter(finished_at=None, superseded_at=None).order_by("-pk").first()


@transaction.atomic
def _lot(clock: Callable[[], datetime]) -> bool:
    """The next customers and the place reached, together or not at all; whether there may be more."""
    open_ones = Reappraisal.objects.select_for_update().filter(finished_at=None, superseded_at=None)
    run = open_ones.order_by("-pk").first()
    if run is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [run.reached, LOT])
        parties = [row[0] for row in cursor.fetchall()]
    if not parties:
        Reappraisal.objects.filter(pk=run.pk).update(finished_at=clock())
        return False
    recompute(parties)
    Reappraisal.objects.filter(pk=run.pk).update(reached=parties[-1], done=run.done + len(parties))
    return True
