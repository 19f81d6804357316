"""The golden record: of all that the sources say about a party, field by field, what is believed, and from whom.

A value typed by a person outranks every system, even an empty one ("this number is wrong"). Otherwise, the source with
the lower rank is believed, among equals what was said last, and never an empty value. Ties go to the older record,
so that the same records always give the same party in whatever order they came in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

GOLDEN = ("name", "latin_name", "kind", "email", "phone", "street", "city", "postcode", "country", "language")


@dataclass(frozen=True)
class Testimony:
    """What one source record says. `since` dates single fields where the record does so itself (typed ones)."""

    record: int
    rank: int
    as_of: datetime
    fields: Mapping[str, str]
    by_hand: bool = False
    since: Mapping[str, datetime] = field(default_factory=dict)

    def said(self, name: str) -> bool:
        return name in self.fields if self.by_hand else bool(self.fields.get(name))

    def when(self, name: str) -> datetime:
        return self.since.get(name, self.as_of)


@dataclass(frozen=True)
class Golden:
    """The believed value of each field spoken about, and its [source record id, as-of time in ISO 8601]."""

    fields: dict[str, str]
    provenance: dict[str, list[int | str]]


def survive(testimonies: Iterable[Testimony]) -> Golden:
    """Apply the rules above to all records of one party."""
    heard = list(testimonies)
    fields: dict[str, str] = {}
    provenance: dict[str, list[int | str]] = {}
    for name in GOLDEN:
        speakers = [each for each in heard if each.said(name)]
        if speakers:
            believed = speakers[0] if len(speakers) == 1 else min(speakers, key=partial(_order, name))
            fields[name] = believed.fields[name]
            provenance[name] = [believed.record, believed.when(name).isoformat()]
    return Golden(fields, provenance)


def _order(name: str, testimony: Testimony) -> tuple[bool, int, float, int]:
    return not testimony.by_hand, testimony.rank, -testimony.when(name).timestamp(), testimony.record
