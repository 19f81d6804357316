import json
from collections import defaultdict
from collections.abc import Collection

from django.db import connection

from guanxi.customer.intake.belongings import ANSWER, IDENTIFIER, NOTE, ROLE, TAG, Held
from guanxi.customer.intake.standing import Saying, Standing
from guanxi.customer.models import Source, SupersededPayload
from guanxi.customer.models.consent import Purpose
from guanxi.foundation.arrays import as_array

KNOWN = """
    SELECT external_id, id, party_id, payload, fields, as_of, received_at, telling_id
      FROM customer_sourcerecord WHERE source_id = %s AND external_id = ANY(%s::text[])
     ORDER BY id FOR NO KEY UPDATE
"""

# Each asks, for some source records: record, name of the belonging, row as JSON. The last of a name counts.
BELONGINGS = {
    IDENTIFIER: """
        SELECT source_record_id, kind || ':' || value, to_jsonb(row) FROM customer_identifier AS row
         WHERE source_record_id = ANY(%s) ORDER BY id""",
    ROLE: """
        SELECT source_record_id, role, jsonb_build_object('id', id, 'role', role, 'since', since)
          FROM customer_partyrole WHERE source_record_id = ANY(%s) ORDER BY id""",
    TAG: """
        SELECT source_record_id, name, jsonb_build_object('id', use.id, 'name', name)
          FROM customer_partytag AS use JOIN customer_tag AS tag ON tag.id = use.tag_id
         WHERE source_record_id = ANY(%s) ORDER BY use.id""",
    ANSWER: f"""
        SELECT source_record_id, channel,
               jsonb_build_object('id', id, 'channel', channel, 'is_given', is_given, 'proof', proof, 'at', at)
          FROM customer_consent WHERE source_record_id = ANY(%s) AND purpose = '{Purpose.OFFERS}' ORDER BY at, id""",
    NOTE: """
        SELECT source_record_id, facts ->> 'text', jsonb_build_object('id', id, 'text', facts ->> 'text', 'at', at)
          FROM customer_event WHERE source_record_id = ANY(%s) AND kind = 'customer.note_written' ORDER BY id""",
}


def standings(source: Source, external_ids: Collection[str]) -> defaultdict[str, Standing]:
    """What the source has said so far about these customers; a blank standing for the unknown ones.

    Two queries, and one for each sort of belonging when any of the customers is known. The records are held until the
    transaction ends: a merge waits, so that what is heard reaches the party that holds them then.
    """
    found: defaultdict[str, Standing] = defaultdict(Standing)
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [source.pk, as_array(external_ids)])
        for external_id, record, party, payload, fields, *since in cursor.fetchall():
            found[external_id] = Standing(record, party, Saying(json.loads(payload), json.loads(fields), *since))
    known = {each.record: each for each in found.values() if each.record}
    if known:
        _add_earlier(known)
        for record, held in belongings(known).items():
            known[record].held = held
    return found


def belongings(records: Collection[int]) -> dict[int, Held]:
    """What each source record holds now."""
    found: dict[int, Held] = {record: {} for record in records}
    with connection.cursor() as cursor:
        for sort, query in BELONGINGS.items():
            cursor.execute(query, [list(found)])
            for record, name, row in cursor.fetchall():
                found[record][sort, name] = json.loads(row)
    return found


def _add_earlier(known: dict[int, Standing]) -> None:
    rows = SupersededPayload.objects.filter(source_record_id__in=list(known)).order_by("id")
    columns = ("source_record_id", "payload", "fields", "as_of", "received_at", "telling_id", "superseded_at")
    for record, *saying in rows.values_list(*columns):
        known[record].earlier.append(Saying(*saying))
