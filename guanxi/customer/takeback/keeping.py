"""What was worked on since it came, and therefore stays."""

from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from guanxi.customer.models import Source, SourceRecord
from guanxi.customer.takeback.references import Reference, to_parties, to_records


class Why(StrEnum):
    """Why something stays though its delivery is taken back."""

    TYPED = "typed"  # a colleague has typed something about the customer
    MERGED = "merged"  # the customer was merged, or a record split off
    DECIDED = "decided"  # somebody has decided whether two customers are one
    VERIFIED = "verified"  # somebody has verified an address or number of it
    ANSWERED = "answered"  # the customer's consent was recorded on it
    FACTS = "facts"  # facts of the history are about the customer
    USED = "used"  # something else was made of it: a campaign, a task, a programme
    TOLD_AGAIN = "told_again"  # another delivery has told of the customer since; its words stay


@dataclass(frozen=True)
class Kept:
    """A customer of the delivery who stays."""

    external_id: str
    party: int
    why: Why


Facts = Callable[[Collection[str]], AbstractSet[str]]  # of these external ids, those of whom the history holds facts

VERIFIED = "SELECT source_record_id FROM customer_identifier WHERE source_record_id = ANY(%s) AND verified_at NOTNULL"
DECIDED = """
    SELECT unnest(ARRAY[left_record_id, right_record_id]) FROM customer_proposal
     WHERE decided_at NOTNULL AND (left_record_id = ANY(%s) OR right_record_id = ANY(%s))
"""
# What an intake writes itself bears the time of the saying; anything else came later, by other ways.
EVENTS = """
    SELECT record.id FROM customer_sourcerecord AS record
      JOIN customer_event AS event ON event.source_record_id = record.id
     WHERE record.id = ANY(%s) AND NOT (event.recorded_at = record.received_at AND event.kind IN
           ('customer.created', 'customer.consent_recorded', 'customer.note_written'))
"""
CONSENTS = """
    SELECT record.id FROM customer_sourcerecord AS record
      JOIN customer_consent AS consent ON consent.source_record_id = record.id
     WHERE record.id = ANY(%s) AND consent.at <> record.as_of
"""
# Customers who have no record but such as go with the delivery, and those that colleagues type on.
EMPTIED = """
    SELECT party.id FROM unnest(%s::bigint[]) AS party (id)
     WHERE NOT EXISTS (
           SELECT FROM customer_sourcerecord AS other JOIN customer_source AS source ON source.id = other.source_id
            WHERE other.party_id = party.id AND source.key <> %s AND (other.delivery_id IS DISTINCT FROM %s OR EXISTS (
                  SELECT FROM customer_telling AS told
                   WHERE told.source_record_id = other.id AND told.delivery_id IS DISTINCT FROM %s)))
"""


def reasons(records: Mapping[int, SourceRecord], delivery: int, facts: Facts) -> dict[int, Why]:
    """Record → why it stays, for those of these records, which only this delivery has told of, that must."""
    found: dict[int, Why] = {}
    if not records:
        return found
    ids = list(records)
    named = facts([each.external_id for each in records.values()])
    found |= {pk: Why.FACTS for pk, each in records.items() if each.external_id in named}
    found |= _marked(Why.USED, _ids(EVENTS, ids))
    for reference in to_records():
        found |= _marked(_why(reference), reference.pointing_at(ids))
    found |= _marked(Why.ANSWERED, _ids(CONSENTS, ids))
    found |= _marked(Why.VERIFIED, _ids(VERIFIED, ids))
    found |= _marked(Why.DECIDED, _ids(DECIDED, ids, ids) & records.keys())
    of_party = _of_parties({each.party_id for each in records.values()}, delivery)
    found |= {pk: of_party[each.party_id] for pk, each in records.items() if each.party_id in of_party}
    found |= {pk: Why.MERGED for pk, each in records.items() if each.home_id != each.party_id}
    return found


def _of_parties(parties: Collection[int], delivery: int) -> dict[int, Why]:
    """Party → why it cannot go, for those that would be left without a record."""
    emptied = _ids(EMPTIED, list(parties), Source.OWN, delivery, delivery)
    found: dict[int, Why] = {}
    for reference in to_parties():
        found |= dict.fromkeys(reference.pointing_at(emptied), _why(reference))
    typed = SourceRecord.objects.filter(source__key=Source.OWN, party__in=emptied)
    return found | dict.fromkeys(typed.values_list("party_id", flat=True), Why.TYPED)


def _why(reference: Reference) -> Why:
    return Why.MERGED if reference.is_merging else Why.USED


def _marked(why: Why, records: Collection[int]) -> dict[int, Why]:
    return dict.fromkeys(records, why)


def _ids(query: str, *values: int | str | list[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return {row[0] for row in cursor.fetchall()}
