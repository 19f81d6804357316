"""Whatever is known about a party follows the merges that stand: records, rows, golden fields, and what others keep.

Each table takes one statement, whatever the number of rows; its work is that of the rows that move.
"""

from collections.abc import Collection, Mapping, Sequence

from django.db import connection

from guanxi.customer.intake import recompute
from guanxi.customer.merging import followers
from guanxi.customer.merging.forest import roots, trees
from guanxi.customer.merging.links import links
from guanxi.customer.models import Party, SourceRecord
from guanxi.customer.timeline import touching_kinds
from guanxi.foundation import locks
from guanxi.foundation.locks import Lock

ABSORBED = """
    UPDATE customer_party AS party SET merged_into_id = nullif(place.root, place.id)
      FROM unnest(%s::bigint[], %s::bigint[]) AS place (id, root)
     WHERE party.id = place.id AND party.merged_into_id IS DISTINCT FROM nullif(place.root, place.id)
"""
RECORDS = """
    WITH place (party, root) AS (SELECT * FROM unnest(%s::bigint[], %s::bigint[])),
         due (id, root) AS (
            SELECT record.id, place.root FROM place JOIN customer_sourcerecord AS record ON record.home_id = place.party
             WHERE NOT EXISTS (
                   SELECT FROM customer_split AS split WHERE split.record_id = record.id AND split.undone_at IS NULL)
             UNION ALL
            SELECT split.record_id, place.root FROM place
              JOIN customer_split AS split ON split.party_id = place.party AND split.undone_at IS NULL)
    UPDATE customer_sourcerecord AS record SET party_id = due.root FROM due
     WHERE record.id = due.id AND record.party_id <> due.root RETURNING record.id
"""
ROWS = """
    UPDATE {table} AS about SET {party} = record.party_id
      FROM customer_sourcerecord AS record
     WHERE record.id = ANY(%s) AND about.{record} = record.id AND about.{party} <> record.party_id
"""
TOUCHED = """
    UPDATE customer_party AS party SET touched_at = latest.at
      FROM unnest(%s::bigint[]) AS living (id) LEFT JOIN LATERAL (
           SELECT event.at FROM customer_event AS event WHERE event.party_id = living.id AND event.kind = ANY(%s)
            ORDER BY event.at DESC, event.id DESC LIMIT 1) AS latest ON true
     WHERE party.id = living.id AND party.touched_at IS DISTINCT FROM latest.at
"""


def take_turns() -> None:
    """Nobody else changes who is who until the transaction ends."""
    locks.take_turns(Lock.WHO_IS_WHO)


def hold(parties: Collection[int]) -> list[int]:
    """The whole trees of these parties, locked; call it after `take_turns`.

    Records come before parties, as with everybody who changes both. The lock on the parties waits for all who are just
    writing about them, and lets nobody begin.
    """
    members = trees(parties)
    list(SourceRecord.objects.select_for_update(no_key=True).filter(party__in=members).order_by("pk").values_list("pk"))
    list(Party.ever.select_for_update().filter(pk__in=members).order_by("pk").values_list("pk"))
    return members


def follow(members: Sequence[int]) -> None:
    """Bring these trees, which the caller holds, to where the merges that stand put them."""
    places = roots(members)
    living = sorted(set(places.values()))
    with connection.cursor() as cursor:
        cursor.execute(ABSORBED, _columns(places))
        cursor.execute(RECORDS, _columns(places))
        moved = [row[0] for row in cursor.fetchall()]
        move_rows(moved)
        cursor.execute(TOUCHED, [living, touching_kinds()])
    recompute(living)
    followers.tell(sorted(members))


def move_rows(records: Sequence[int]) -> int:
    """Give every row that hangs on these records the party that holds its record; returns how many were elsewhere."""
    with connection.cursor() as cursor:
        moved = 0
        for link in links():
            cursor.execute(ROWS.format(table=link.table, party=link.party, record=link.record), [list(records)])
            moved += cursor.rowcount
        return moved


def _columns(places: Mapping[int, int]) -> list[list[int]]:
    return [list(places), list(places.values())]
