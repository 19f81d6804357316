"""The whole record as comparable text: every business column of every table about customers, ids made names."""

from typing import Any

from django.db import connection

QUERY = """
SELECT 'party' AS what, to_jsonb(p) - 'id' - 'provenance' - 'search_vector' AS row FROM customer_party p
UNION ALL SELECT 'said', to_jsonb(r) - 'id' - 'home_id' - 'party_id' - 'telling_id' - 'delivery_id' - 'source_id'
    || jsonb_build_object('of', p.name) FROM customer_sourcerecord r JOIN customer_party p ON p.id = r.party_id
UNION ALL SELECT 'earlier', to_jsonb(s) - 'id' - 'source_record_id' - 'telling_id' || jsonb_build_object('of', r.external_id)
    FROM customer_supersededpayload s JOIN customer_sourcerecord r ON r.id = s.source_record_id
UNION ALL SELECT 'identifier', to_jsonb(i) - 'id' - 'source_record_id' - 'party_id' || jsonb_build_object('of', r.external_id)
    FROM customer_identifier i JOIN customer_sourcerecord r ON r.id = i.source_record_id
UNION ALL SELECT 'role', to_jsonb(i) - 'id' - 'source_record_id' - 'party_id' || jsonb_build_object('of', r.external_id)
    FROM customer_partyrole i JOIN customer_sourcerecord r ON r.id = i.source_record_id
UNION ALL SELECT 'tag', to_jsonb(i) - 'id' - 'source_record_id' - 'party_id' - 'tag_id' || jsonb_build_object('of', r.external_id, 'tag', t.name)
    FROM customer_partytag i JOIN customer_sourcerecord r ON r.id = i.source_record_id JOIN customer_tag t ON t.id = i.tag_id
UNION ALL SELECT 'consent', to_jsonb(i) - 'id' - 'source_record_id' - 'party_id' || jsonb_build_object('of', r.external_id)
    FROM customer_consent i JOIN customer_sourcerecord r ON r.id = i.source_record_id
UNION ALL SELECT 'event', to_jsonb(i) - 'id' - 'source_record_id' - 'party_id' || jsonb_build_object('of', r.external_id)
    FROM customer_event i JOIN customer_sourcerecord r ON r.id = i.source_record_id
UNION ALL SELECT 'tag name', to_jsonb(t) - 'id' FROM customer_tag t
UNION ALL SELECT 'source', to_jsonb(t) - 'id' FROM customer_source t
"""


def the_record() -> list[Any]:
    """Sorted, so that two states with the same content are equal."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT what, row::text FROM ({QUERY}) AS every ORDER BY 1, 2")
        return cursor.fetchall()


def exactly() -> list[Any]:
    """The same with every id, for states that must be the same rows."""
    tables = (
        "party", "sourcerecord", "supersededpayload", "identifier", "partyrole", "partytag", "consent", "event", "tag",
        "source", "delivery", "telling", "proposal",
    )  # fmt: skip
    found: list[Any] = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT '{table}', to_jsonb(t)::text FROM customer_{table} t ORDER BY 2")
            found += cursor.fetchall()
    return found
