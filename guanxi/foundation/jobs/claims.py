"""Claiming work rows: many workers share one table, and a killed worker's rows come back.

A table of work has a column `claimed_at`. A claim is a lease: it holds until the row is settled or the lease runs out.
"""

from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Now

Row = TypeVar("Row", bound=models.Model)


class ClaimLostError(Exception):
    """The lease ran out and another worker has the row now; whatever this one did in its transaction is undone."""


def claim(waiting: "models.QuerySet[Row]", *, limit: int = 300, lease: timedelta = timedelta(minutes=5)) -> list[Row]:
    """Take up to `limit` rows of `waiting` that nobody holds, in the order of the queryset (by default oldest first).

    Rows that another worker is just claiming are skipped, not waited for. Commits before it returns, so that the claim
    outlives a crash; therefore call it outside a transaction. The database's clock decides about leases.
    """
    ordered = waiting if waiting.query.order_by else waiting.order_by("pk")
    with transaction.atomic(durable=True):
        free = ordered.filter(Q(claimed_at=None) | Q(claimed_at__lt=Now() - lease))
        rows = list(free.select_for_update(skip_locked=True, of=("self",))[:limit])
        moment = _database_time()
        waiting.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(claimed_at=moment)
    for row in rows:
        setattr(row, "claimed_at", moment)  # noqa: B010  (the column is the convention, not a type)
    return rows


def settle(row: models.Model, **facts: Any) -> None:
    """Write what came of a claimed row, in the transaction that holds its effects; ``claimed_at=None`` gives it back.

    Raises:
        ClaimLostError: the row is no longer ours; let it roll the transaction back.
    """
    held = type(row)._default_manager.filter(pk=row.pk, claimed_at=getattr(row, "claimed_at"))  # noqa: B009
    if not held.update(**facts):
        raise ClaimLostError(f"{type(row).__name__} {row.pk}")


def _database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cast(datetime, cursor.fetchone()[0])
