"""What a change of rules would do, tried on a sample of the customers about whom several records speak."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.db import connection

from guanxi.customer.access import visible_parties
from guanxi.customer.fields import is_sensitive
from guanxi.customer.intake.golden import evidence_of
from guanxi.customer.intake.rules import rules_as_set
from guanxi.customer.models import Party, Source
from guanxi.customer.survivorship import Golden, Rules, survive
from guanxi.foundation.accounts.models import User

SAMPLE = 500
EXAMPLES = 8
SPREAD = """
SELECT party_id FROM customer_sourcerecord GROUP BY party_id HAVING count(*) > 1
ORDER BY hashint8(party_id), party_id LIMIT %s
"""


@dataclass(frozen=True)
class Example:
    """One field of one customer that would be believed differently."""

    party: Party
    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Preview:
    """Of `sample` customers, `changed` would have another value in some field; a few of them as examples."""

    sample: int
    changed: int
    examples: list[Example]


def preview(reader: User, *, rules: Rules | None = None, ranks: Mapping[str, int] | None = None) -> Preview:
    """What other rules, or other ranks of sources (by key), would change. Nothing is written.

    The sample is drawn by a hash of the customer's number, so that it is the same tomorrow; the examples are customers
    whom the reader may see.
    """
    now = rules_as_set()
    after, moved = now if rules is None else rules, ranks or {}
    evidence = evidence_of(_sample())
    changes: dict[int, list[tuple[str, object, object]]] = {}
    for party, found in evidence.items():
        heard = [replace(each, rank=moved.get(each.source, each.rank)) for each in found.testimonies]
        if different := list(_differences(survive(found.testimonies, now), survive(heard, after))):
            changes[party] = different
    return Preview(len(evidence), len(changes), _examples(reader, changes))


def ranks_after(order: list[Source]) -> dict[str, int]:
    """The ranks that sources would have in this order."""
    return {each.key: place for place, each in enumerate(order)}


def _sample() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(SPREAD, [SAMPLE])
        return [row[0] for row in cursor.fetchall()]


def _differences(before: Golden, after: Golden) -> Iterator[tuple[str, object, object]]:
    for name, value in after.fields.items():
        if before.fields.get(name) != value:
            yield name, before.fields.get(name, ""), value


def _examples(reader: User, changes: Mapping[int, list[tuple[str, object, object]]]) -> list[Example]:
    seen = visible_parties(reader).filter(pk__in=changes).only("pk", "name").order_by("pk")
    return [
        Example(party, name, before, after)
        for party in seen[:EXAMPLES]
        for name, before, after in changes[party.pk][:1]
        if not is_sensitive(name)
    ]
