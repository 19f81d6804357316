"""The first rows of an order, when conditions leave some out: walked while that is quick, else gathered and sorted.

An index in the order's direction answers at once when those who meet the conditions are frequent. Conditions that are
each frequent and hardly ever met together (the planner takes them for independent) make it walk a million rows for
none. Then all who meet them are gathered first, through their own indexes.
"""

from collections.abc import Sequence
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from psycopg.errors import QueryCanceled

from guanxi.customer.models import Party

WALK_MILLISECONDS = 150
FEW = 5_000  # named one by one; more are left to the database
EVERY = 2**31  # a limit keeps the planner from walking the order again
Rows = QuerySet[Party, dict[str, Any]]
Met = Sequence[int] | QuerySet[Party, Any]


class TooLong(Exception):
    """The walk met too few rows in its time."""


class Patience:
    """How the parts of one list are read: once a walk took too long, the next part knows who there is."""

    def __init__(self, rows: Rows) -> None:
        """`rows` are all of the list."""
        self._rows = rows
        self._met: Met | None = None

    def first(self, part: Rows, most: int) -> list[dict[str, Any]]:
        """The first `most` rows of a part of the list, which is in its order."""
        met = self._met
        if met is None:
            try:
                met = _walked(part, most)
            except TooLong:
                met = self._met = self._gathered()
        return list(part.filter(Q(pk__in=met))[:most])

    def _gathered(self) -> Met:
        met = self._rows.order_by()
        found = list(met.values_list("pk", flat=True)[: FEW + 1])
        return found if len(found) <= FEW else met.values("pk")[:EVERY]


def _walked(rows: Rows, most: int) -> list[int]:
    """Who they are. What is shown of them is read afterwards: so the order's index alone is walked, not its table."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(WALK_MILLISECONDS)])
            return list(rows.values_list("pk", flat=True)[:most])
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooLong from error
        raise
