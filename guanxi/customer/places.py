"""Where customers are."""

from django.db import connection

# A loose index scan: one probe per country instead of a walk over every party.
COUNTRIES = """
    WITH RECURSIVE found(country) AS (
        (SELECT country FROM customer_party ORDER BY country LIMIT 1)
        UNION ALL
        SELECT (SELECT country FROM customer_party WHERE country > found.country ORDER BY country LIMIT 1)
          FROM found WHERE found.country IS NOT NULL
    )
    SELECT country FROM found WHERE country <> ''
"""


def countries_in_use() -> list[str]:
    """The countries that any customer is in, by code, or by name where there is no code."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTRIES)
        return [row[0] for row in cursor.fetchall()]
