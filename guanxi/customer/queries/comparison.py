"""Customers side by side, field by field, and what each would bring along were it absorbed."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from guanxi.customer.models import Consent, Event, Party, PartyTag, Relationship, SourceRecord
from guanxi.customer.queries.beliefs import Believed, believed_fields
from guanxi.customer.queries.naming import somebody
from guanxi.foundation.accounts.models import User

Described = tuple[Party, Sequence[SourceRecord]]  # a customer with its source records, each with its source


@dataclass(frozen=True)
class Aligned:
    """One field of several customers, in their order; `state` is equal, unequal or onesided."""

    label: str
    said: list[Believed | None]
    state: str


@dataclass(frozen=True)
class Following:
    """How much would go along, were a customer absorbed."""

    sources: int
    events: int
    consents: int
    tags: int
    relationships: int


def called(parties: Iterable[Party], seen: Collection[int] | None = None) -> dict[int, str]:
    """{customer: name}, with its number where another one of them bears the same name.

    `seen` are those whom the reader may see, None for all.
    """
    known = {each.pk: each.name for each in parties}
    bearers = Counter(known.values())
    names = {pk: f"{name} #{pk}" if bearers[name] > 1 else name for pk, name in known.items()}
    return names if seen is None else {pk: name if pk in seen else somebody() for pk, name in names.items()}


def aligned(customers: Sequence[Described], reader: User) -> list[Aligned]:
    """Every field that at least one of them has."""
    believed = [
        {each.name: each for each in believed_fields(party, records, reader) if each.value}
        for party, records in customers
    ]
    names = dict.fromkeys(name for held in believed for name in held)
    return [_aligned([held.get(name) for held in believed]) for name in names]


def what_follows(customer: Described) -> Following:
    """What a merge would move, if this is the one absorbed."""
    party, records = customer
    return Following(
        sources=len(records),
        events=Event.objects.filter(party=party).count(),
        consents=Consent.objects.filter(party=party).count(),
        tags=PartyTag.objects.filter(party=party).count(),
        relationships=Relationship.objects.filter(Q(party=party) | Q(other=party)).count(),
    )


def _aligned(said: list[Believed | None]) -> Aligned:
    written = {each.written.casefold() for each in said if each is not None}
    label = next(each.label for each in said if each is not None)
    if len(written) > 1:
        return Aligned(label, said, "unequal")
    return Aligned(label, said, "onesided" if None in said else "equal")
