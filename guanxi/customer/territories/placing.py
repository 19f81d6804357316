"""Customers placed in territories by one statement, whatever their number."""

from collections.abc import Collection, Sequence

from django.db import connection

from guanxi.foundation.rows import row_of

# The rule that says most wins; among equals the older one, so that the answer never depends on chance.
PLACE = """
    UPDATE customer_party AS party SET territory_id = found.territory_id
    FROM (
        SELECT one.id, (
            SELECT rule.territory_id FROM customer_territoryrule AS rule
            WHERE rule.country IN ('', one.country)
              AND (rule.place = '' OR starts_with(lower(one.city), lower(rule.place))
                   OR starts_with(lower(one.street), lower(rule.place)))
              AND starts_with(upper(replace(one.postcode, ' ', '')), upper(rule.postcode))
            ORDER BY length(rule.postcode) DESC, length(rule.place) DESC, rule.country DESC, rule.id LIMIT 1
        ) AS territory_id
        FROM customer_party AS one WHERE {which}
    ) AS found
    WHERE party.id = found.id AND party.territory_id IS DISTINCT FROM found.territory_id
"""
ANY_RULE = "SELECT 1 FROM customer_territoryrule LIMIT 1"


def place(parties: Collection[int]) -> int:
    """Derive the territory of these parties from their golden address; returns how many moved."""
    if not parties or row_of(ANY_RULE, []) is None:
        return 0
    return _placed("one.id = ANY(%s)", [list(parties)])


def place_between(first: int, last: int) -> int:
    """The same for the parties whose ids lie in this span, both included: a lot of a recomputation of all."""
    return _placed("one.id BETWEEN %s AND %s", [first, last])


def _placed(which: str, values: Sequence[int | list[int]]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(PLACE.format(which=which), values)
        return int(cursor.rowcount)
