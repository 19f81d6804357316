"""Owners that a delivery gave: they lose the customer to the next who is named, unless a person has decided."""

from collections.abc import Collection

from django.db import connection

from guanxi.foundation.accounts.models import User

# By a telling, or by the first saying that made the customer. Where customers were merged since, the owner may be of
# another one of them.
GIVEN = """
    SELECT DISTINCT record.party_id FROM customer_sourcerecord AS record
     WHERE record.id = ANY(%(records)s)
       AND (EXISTS (SELECT FROM customer_telling AS told WHERE told.source_record_id = record.id
                       AND told.delivery_id = %(delivery)s AND (told.did ->> 'owner')::boolean)
        OR (record.delivery_id = %(delivery)s
            AND EXISTS (SELECT FROM customer_event AS event
                         WHERE event.source_record_id = record.id AND event.kind = 'customer.created')
            AND NOT EXISTS (SELECT FROM customer_sourcerecord AS other
                             WHERE other.party_id = record.party_id AND other.home_id <> other.party_id)))
       AND NOT EXISTS (SELECT FROM customer_event AS event
                        WHERE event.party_id = record.party_id AND event.kind = 'customer.owner_changed')
"""
# Of all that sources have said of these customers, what named an owner first; it is noted that it gives him now.
HEIRS = """
    UPDATE customer_telling AS telling SET did = telling.did || '{"owner": true}'
      FROM (SELECT DISTINCT ON (record.party_id) record.party_id, told.id
              FROM customer_sourcerecord AS record JOIN customer_telling AS told ON told.source_record_id = record.id
             WHERE record.party_id = ANY(%s) AND told.said ->> 'owner' NOTNULL
             ORDER BY record.party_id, told.id) AS heir
     WHERE telling.id = heir.id RETURNING heir.party_id, (telling.said ->> 'owner')::bigint
"""
SET = """
    UPDATE customer_party AS party SET owner_id = fresh.owner, team_id = fresh.team
      FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS fresh (id, owner, team) WHERE party.id = fresh.id
"""


def given_by(delivery: int, records: Collection[int]) -> list[int]:
    """The customers of these records whose owner the delivery gave, and nobody has chosen another since."""
    with connection.cursor() as cursor:
        cursor.execute(GIVEN, {"records": list(records), "delivery": delivery})
        return [row[0] for row in cursor.fetchall()]


def hand_on(parties: Collection[int]) -> None:
    """Once what gave these customers their owners is gone, they go to whom the rest named first, or to nobody."""
    if not parties:
        return
    with connection.cursor() as cursor:
        cursor.execute(HEIRS, [list(parties)])
        named = dict(cursor.fetchall())
        teams = dict(User.objects.filter(pk__in=set(named.values())).values_list("pk", "team_id"))
        owners = [named[each] if named.get(each) in teams else None for each in parties]
        cursor.execute(SET, [list(parties), owners, [each and teams[each] for each in owners]])
