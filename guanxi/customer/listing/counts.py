"""How many customers there are, honestly: counted where that is cheap, otherwise estimated, and it says which."""

import json
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from guanxi.customer.models import Party

COUNTED_UP_TO = 20_000


@dataclass(frozen=True)
class Count:
    """A number of customers; `is_exact` tells counted from estimated by the database's planner."""

    number: int
    is_exact: bool


def count(parties: QuerySet[Party]) -> Count:
    """Count at most some thousand rows; beyond that, ask the planner."""
    seen = parties.order_by().values("pk")[: COUNTED_UP_TO + 1].count()
    if seen <= COUNTED_UP_TO:
        return Count(seen, is_exact=True)
    return Count(max(_planned(parties), seen), is_exact=False)


def _planned(parties: QuerySet[Party]) -> int:
    """The planner's estimate, to two significant digits: more would pretend."""
    sql, values = parties.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        plan = cursor.fetchone()
    answer = plan[0] if plan else []
    rows = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]["Plan Rows"]
    return int(float(f"{rows:.2g}"))
