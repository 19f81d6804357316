"""Records that nobody but the delivery has told of go, and with them the customers who have nothing else."""

from collections.abc import Collection

from django.db import connection

from guanxi.customer.intake import recompute
from guanxi.customer.intake.hanging import touch
from guanxi.customer.takeback.references import derived

HANGING = (
    "customer_identifier",
    "customer_partyrole",
    "customer_partytag",
    "customer_consent",
    "customer_event",
    "customer_supersededpayload",
)
RECORDS = "DELETE FROM customer_sourcerecord WHERE id = ANY(%s)"
PROPOSALS = "DELETE FROM customer_proposal WHERE left_record_id = ANY(%s) OR right_record_id = ANY(%s)"
TELLINGS = "DELETE FROM customer_telling WHERE source_record_id = ANY(%s)"
EMPTY = """
    SELECT party.id FROM unnest(%s::bigint[]) AS party (id)
     WHERE NOT EXISTS (SELECT FROM customer_sourcerecord AS other WHERE other.party_id = party.id)
       AND NOT EXISTS (SELECT FROM customer_sourcerecord AS other WHERE other.home_id = party.id)
"""


def remove(records: Collection[int], parties: Collection[int]) -> None:
    """Remove these records with what hangs on them; of their parties, those left without any go too."""
    ids, held = list(records), sorted(parties)
    with connection.cursor() as cursor:
        cursor.execute(PROPOSALS, [ids, ids])
        for table in HANGING:
            cursor.execute(f"DELETE FROM {table} WHERE source_record_id = ANY(%s)", [ids])
        cursor.execute(RECORDS, [ids])
        cursor.execute(TELLINGS, [ids])
        cursor.execute(EMPTY, [held])
        empty = [row[0] for row in cursor.fetchall()]
        for reference in derived():
            cursor.execute(f"DELETE FROM {reference.table} WHERE {reference.column} = ANY(%s)", [empty])
        cursor.execute("DELETE FROM customer_party WHERE id = ANY(%s)", [empty])
    staying = set(held) - set(empty)
    if staying:
        recompute(staying)
        touch(staying)
