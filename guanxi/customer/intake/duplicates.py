"""Other parties that point at the same thing: same address, same phone. Reported, never merged here."""

from collections import defaultdict

from django.db import connection

SHARED_BY_MANY = 20  # an address of a whole firm tells nothing about a person

SHARING = """
    SELECT mine.party_id, array_agg(DISTINCT other.party_id ORDER BY other.party_id)
      FROM customer_identifier AS mine
      JOIN customer_identifier AS other
        ON other.kind = mine.kind AND other.value = mine.value AND other.party_id <> mine.party_id
     WHERE mine.source_record_id = ANY(%s)
       AND (mine.kind <> 'number' OR EXISTS (
            SELECT FROM customer_sourcerecord AS said
             WHERE said.id = mine.source_record_id AND said.fields ? 'number'))
     GROUP BY mine.party_id
"""


def sharing(records: list[int]) -> dict[int, tuple[int, ...]]:
    """Party → other parties with an identifier in common with one of these source records, in one query."""
    found: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    if records:
        with connection.cursor() as cursor:
            cursor.execute(SHARING, [records])
            found.update((party, tuple(others)) for party, others in cursor.fetchall() if len(others) <= SHARED_BY_MANY)
    return found
