"""Whom to look at more closely: living customers with an identifier or a name in common with a candidate."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from guanxi.customer.matching.candidates import Candidate
from guanxi.customer.models import Party, SourceRecord
from guanxi.customer.normal import PersonName, formal_given, is_chinese, person_name, sort_key
from guanxi.customer.search import matching

SHARED_BY_MANY = 20  # an identifier of a whole firm, a name of a whole town tell nothing
MOST_RESEMBLING = 200
START = 3  # letters in which two Latin names that resemble agree

BY_IDENTIFIER = f"""
    SELECT asked.candidate, asked.kind, asked.value, found.parties, found.records
      FROM unnest(%s::int[], %s::text[], %s::text[]) AS asked (candidate, kind, value)
     CROSS JOIN LATERAL (
           SELECT array_agg(party_id ORDER BY source_record_id) AS parties,
                  array_agg(source_record_id ORDER BY source_record_id) AS records
             FROM (SELECT party_id, source_record_id FROM customer_identifier
                    WHERE kind = asked.kind AND value = asked.value LIMIT {5 * SHARED_BY_MANY}) AS pointing) AS found
     WHERE found.parties IS NOT NULL
"""

BY_NAME = f"""
    SELECT asked.candidate, array_agg(party.id), array_agg(party.record)
      FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[])
           AS asked (candidate, sort_key, company, city, postcode)
     CROSS JOIN LATERAL (
           SELECT same.id, said.id AS record
             FROM (SELECT id, city, postcode FROM customer_party
                    WHERE sort_key = asked.sort_key AND merged_into_id IS NULL
                    LIMIT {5 * SHARED_BY_MANY}) AS same
            CROSS JOIN LATERAL (
                  SELECT record.id FROM customer_sourcerecord AS record
                   WHERE record.party_id = same.id
                     AND (asked.city IN (same.city, record.fields ->> 'city')
                          OR asked.postcode IN (same.postcode, record.fields ->> 'postcode')
                          OR asked.company = record.fields ->> 'company')
                   ORDER BY record.id LIMIT 1) AS said) AS party
     GROUP BY asked.candidate
"""


@dataclass
class Suspect:
    """A customer worth comparing; `record` is the source record that made him one."""

    candidate: int  # place in the sequence asked
    party: int
    record: int
    identifiers: set[tuple[str, str]] = field(default_factory=set)


def by_identifier(candidates: Sequence[Candidate]) -> Iterator[Suspect]:
    """Whoever says the same address, number or card, unless so many do that it tells nothing."""
    asked = [(place, *pointer) for place, each in enumerate(candidates) for pointer in sorted(each.identifiers)]
    for place, kind, value, parties, records in _rows(BY_IDENTIFIER, asked):
        first = dict(zip(reversed(parties), reversed(records), strict=True))
        if len(first) <= SHARED_BY_MANY:
            yield from (Suspect(place, party, record, {(kind, value)}) for party, record in first.items())


def by_name(candidates: Sequence[Candidate]) -> Iterator[Suspect]:
    """Whoever bears the same name and lives in the same place or works at the same company."""
    asked = [
        (place, sort_key(each.fields["name"]), *_beside(each))
        for place, each in enumerate(candidates)
        if each.fields.get("name")
    ]
    for place, parties, records in _rows(BY_NAME, [each for each in asked if any(each[2:])]):
        if len(parties) <= SHARED_BY_MANY:
            yield from (Suspect(place, party, record) for party, record in zip(parties, records, strict=True))


def by_resemblance(candidates: Sequence[Candidate]) -> Iterator[Suspect]:
    """Whoever is said the same, or whose family and given name begin the same; a few queries a candidate."""
    for place, each in enumerate(candidates):
        parties: dict[int, None] = {}
        for words in _searched(person_name(each.fields.get("name", ""))):
            found = matching(Party.objects.all(), words)
            parties.update(dict.fromkeys(found.values_list("pk", flat=True)[:MOST_RESEMBLING]))
        records = SourceRecord.objects.filter(party_id__in=list(parties)).order_by("-id")
        yield from (Suspect(place, *each) for each in dict(records.values_list("party_id", "id")).items())


def described(parties: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """Party → what is believed of it, and the companies its sources name, in two queries."""
    names = ("kind", "name", "latin_name", "email", "phone", "street", "city", "postcode", "country")
    found = {each.pop("pk"): each for each in Party.objects.filter(pk__in=parties).values("pk", *names)}
    companies: defaultdict[int, list[str]] = defaultdict(list)
    said = SourceRecord.objects.filter(party_id__in=list(found), fields__has_key="company").order_by("id")
    for party, company in said.values_list("party_id", "fields__company"):
        companies[party].append(company)
    return {party: {**each, "companies": companies[party]} for party, each in found.items()}


def _beside(candidate: Candidate) -> tuple[str | None, ...]:
    return tuple(candidate.fields.get(name) or None for name in ("company", "city", "postcode"))


def _searched(name: PersonName) -> set[str]:
    if is_chinese(name.family):
        return set(name.keys[:1])
    starts = {name.given[:START], formal_given(name.given)[:START]} - {""}
    return {f"{name.family[:START]} {start}" for start in starts}


def _rows(statement: str, asked: Sequence[Sequence[object]]) -> list[tuple[Any, ...]]:
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*asked, strict=True)])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
