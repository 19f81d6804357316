"""Customers held while something is written about them: a merge comes before or after it, not between."""

from collections.abc import Collection

from django.db import connection

HOLD = """
    SELECT id, coalesce(merged_into_id, id) FROM customer_party WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
"""


def hold_parties(parties: Collection[int]) -> dict[int, int]:
    """Party → who it is by now. Nobody merges them, or parts them again, until the transaction ends."""
    if not parties:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [list(parties)])
        return dict(cursor.fetchall())
