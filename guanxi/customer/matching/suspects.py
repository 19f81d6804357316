"""Whom to look at more closely: living customers with an identifier or a name in common with a candidate."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection

from guanxi.customer.matching.candidates import Candidate
from guanxi.customer.normal import PersonName, forms, is_chinese, person_name
from guanxi.customer.search import latin_words, one_of_each, resembling
from guanxi.foundation.arrays import as_array

SHARED_BY_MANY = 20  # an identifier of a whole firm, a name of a whole town tell nothing
COMMON = 5 * SHARED_BY_MANY  # so many bearers make a name that says nothing with no more than a city beside it
MOST_RESEMBLING = 100  # who are called the same, and so many who are called much alike
SHORTEST = 3  # letters of a piece of a name that tells something

Key = TypeVar("Key", bound=tuple[str | None, ...])

# What many rows ask for is looked up once. Of very many who bear one name, the oldest are looked at.
BY_IDENTIFIER = f"""
    SELECT asked.key, found.parties, found.records
      FROM unnest(%s::int[], %s::text[], %s::text[]) AS asked (key, kind, value)
     CROSS JOIN LATERAL (
           SELECT array_agg(party_id ORDER BY source_record_id) AS parties,
                  array_agg(source_record_id ORDER BY source_record_id) AS records
             FROM (SELECT party_id, source_record_id FROM customer_identifier
                    WHERE kind = asked.kind AND value = asked.value LIMIT {COMMON}) AS pointing) AS found
     WHERE found.parties IS NOT NULL
     ORDER BY asked.key
"""

BY_NAME = f"""
    WITH asked AS MATERIALIZED (
         SELECT * FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
             AS asked (key, sort_key, company, city, postcode, born)),
    same AS MATERIALIZED (
         SELECT named.sort_key, party.*
           FROM (SELECT DISTINCT sort_key FROM asked) AS named
          CROSS JOIN LATERAL (
                SELECT id, city, postcode, born FROM customer_party
                 WHERE sort_key = named.sort_key AND merged_into_id IS NULL
                 ORDER BY id LIMIT {COMMON}) AS party),
    said AS MATERIALIZED (
         SELECT same.sort_key, same.id, same.city, same.postcode, same.born, record.id AS record,
                record.fields ->> 'city' AS said_city, record.fields ->> 'postcode' AS said_postcode,
                record.fields ->> 'company' AS said_company, record.fields ->> 'born' AS said_born
           FROM same
          CROSS JOIN LATERAL (
                SELECT id, fields FROM customer_sourcerecord WHERE party_id = same.id OFFSET 0) AS record)
    SELECT key, array_agg(id ORDER BY id), array_agg(record ORDER BY id)
      FROM (SELECT asked.key, said.id, min(said.record) AS record
              FROM asked JOIN said USING (sort_key)
             WHERE asked.city IN (said.city, said.said_city) OR asked.postcode IN (said.postcode, said.said_postcode)
                   OR asked.company = said.said_company OR asked.born IN (said.born, said.said_born)
             GROUP BY asked.key, said.id) AS met
     GROUP BY key
"""

RESEMBLING = f"""
    (SELECT id FROM customer_party
      WHERE merged_into_id IS NULL AND (sort_key = %s OR search_vector @@ %s::tsquery) LIMIT {MOST_RESEMBLING})
     UNION
    (SELECT id FROM customer_party
      WHERE merged_into_id IS NULL AND search_vector @@ %s::tsquery LIMIT {MOST_RESEMBLING})
"""

BELIEVED = ("kind", "name", "latin_name", "email", "phone", "street", "city", "postcode", "country", "born")
DESCRIBED = f"""
    SELECT party.id, {", ".join(BELIEVED)}, said.companies, said.oldest
      FROM unnest(%s::bigint[]) AS asked (id) JOIN customer_party AS party USING (id)
     CROSS JOIN LATERAL (
           SELECT array_agg(fields ->> 'company' ORDER BY id) FILTER (WHERE fields ->> 'company' <> '') AS companies,
                  min(id) AS oldest
             FROM customer_sourcerecord WHERE party_id = party.id) AS said
     WHERE party.merged_into_id IS NULL
"""

COMMON_NAMES = f"""
    SELECT named.sort_key FROM unnest(%s::text[]) AS named (sort_key)
     WHERE (SELECT count(*) FROM (
            SELECT FROM customer_party
             WHERE sort_key = named.sort_key AND merged_into_id IS NULL LIMIT {COMMON}) AS bearing) = {COMMON}
"""


@dataclass
class Suspect:
    """A customer worth comparing; `record` is the source record that made him one, or else 0."""

    candidate: int  # place in the sequence asked
    party: int
    record: int = 0
    identifiers: set[tuple[str, str]] = field(default_factory=set)


def by_identifier(candidates: Sequence[Candidate]) -> Iterator[Suspect]:
    """Whoever says the same address, number or card, unless so many do that it tells nothing."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, each in enumerate(candidates):
        for pointer in each.identifiers:
            places[pointer].append(place)
    for (kind, value), parties, records in _rows(BY_IDENTIFIER, sorted(places)):
        first = dict(zip(reversed(parties), reversed(records), strict=True))
        if len(first) <= SHARED_BY_MANY:
            for place in places[kind, value]:
                yield from (Suspect(place, party, record, {(kind, value)}) for party, record in first.items())


def common_names(candidates: Sequence[Candidate]) -> Set[str]:
    """The names, as sort keys, that a hundred customers bear: every second row of a large file would mean somebody."""
    names = sorted({each.sort_key for each in candidates})
    with connection.cursor() as cursor:
        cursor.execute(COMMON_NAMES, [as_array(names)])
        return {name for (name,) in cursor.fetchall()}


def by_name(candidates: Sequence[Candidate], common: Set[str]) -> Iterator[Suspect]:
    """Whoever bears the same name and lives in the same place, was born on the same day or works at the
    same company.

    Beside a name among the `common` ones the city does not count.
    """
    places: defaultdict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for place, each in enumerate(candidates):
        if each.fields.get("name") and any(beside := _beside(each, common)):
            places[each.sort_key, *beside].append(place)
    for key, parties, records in _rows(BY_NAME, list(places)):
        if len(parties) <= SHARED_BY_MANY:
            for place in places[key]:
                yield from (Suspect(place, party, record) for party, record in zip(parties, records, strict=True))


def by_resemblance(candidates: Sequence[Candidate]) -> Iterator[Suspect]:
    """Whoever is called or said the same, or has both names spelt much alike; a query a candidate, and one for all."""
    names = [person_name(each.fields.get("name", "")) for each in candidates]
    near = resembling({half for name in names if not is_chinese(name.family) for half in _halves(name)})
    for place, (candidate, name) in enumerate(zip(candidates, names, strict=True)):
        if halves := _halves(name):
            spellings = [_spellings(half, candidate.fields["name"], near) for half in halves]
            yield from (Suspect(place, party) for party in _resembling(candidate.sort_key, halves, spellings))


def _resembling(sort_key: str, halves: Sequence[str], spellings: Iterable[Iterable[str]]) -> list[int]:
    together = {"".join(halves), "".join(reversed(halves))}  # so Chinese names are kept, whatever else they are called
    with connection.cursor() as cursor:
        cursor.execute(RESEMBLING, [sort_key, one_of_each([together]), one_of_each(spellings)])
        return [party for (party,) in cursor.fetchall()]


def _halves(name: PersonName) -> list[str]:
    """Family and first given name in Latin letters, in no order; none where one of them is missing."""
    if is_chinese(name.family):
        return "".join(name.keys[:1]).split()
    return [name.given.partition(" ")[0], name.family] if name.given and name.family else []


def _spellings(half: str, written: str, near: Mapping[str, Sequence[str]]) -> Set[str]:
    """Half of a name as it is called, as others spell it, and as it was written: with digits, or as Jean and Luc."""
    pieces = {piece for piece in latin_words(written) if len(piece) >= SHORTEST and (piece in half or half in piece)}
    return forms(half) | pieces | set(near.get(half, ()))


def described(parties: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """Party → what is believed of it, the `companies` its sources name, and its `oldest` record; one query."""
    if not parties:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(DESCRIBED, [as_array(sorted(parties))])
        return {
            party: {**dict(zip(BELIEVED, believed, strict=True)), "companies": companies or [], "oldest": oldest}
            for party, *believed, companies, oldest in cursor.fetchall()
        }


def _beside(candidate: Candidate, common: Set[str]) -> tuple[str | None, ...]:
    said = candidate.fields
    city = None if candidate.sort_key in common else said.get("city")
    return said.get("company"), city, said.get("postcode"), said.get("born")


def _rows(statement: str, asked: Sequence[Key]) -> list[tuple[Key, list[int], list[int]]]:
    """What was asked, with the parties and records found for it, in its order."""
    if not asked:
        return []
    numbers, columns = range(len(asked)), zip(*asked, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(statement, [as_array(numbers), *(as_array(column) for column in columns)])
        return [(asked[number], parties, records) for number, parties, records in cursor.fetchall()]
