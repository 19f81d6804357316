"""The golden record: of all that the sources say about a party, field by field, what is believed, and from whom.

A value typed by a person outranks every system, even an empty one ("this number is wrong"); of two persons, the one
who spoke last. Otherwise the field's rule decides, by default: the source with the lower rank is believed, among equals
what was said last, and never an empty value. Ties go to the older record, so that the same records always give the same
party in whatever order they came in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

GOLDEN = ("name", "latin_name", "kind", "email", "phone", "street", "city", "postcode", "country", "language", "born")
CUSTOM = "custom:"  # begins the names of fields that the company has defined
How = Literal["rank", "latest", "most", "longest"]


@dataclass(frozen=True)
class Testimony:
    """What one source record says. `since` dates single fields where the record does so itself (typed ones)."""

    record: int
    rank: int
    as_of: datetime
    fields: Mapping[str, Any]
    by_hand: bool = False
    since: Mapping[str, datetime] = field(default_factory=dict)
    source: str = ""

    def said(self, name: str) -> bool:
        return name in self.fields if self.by_hand else self.fields.get(name) not in (None, "")

    def when(self, name: str) -> datetime:
        return self.since.get(name, self.as_of)


@dataclass(frozen=True)
class Rule:
    """How one field is decided: `rank`, the `latest` word, what `most` sources say, the `longest` word.

    `ranking` holds keys of sources believed before all others for this field, the best first. It also parts those whom
    the other rules leave equal.
    """

    how: How = "rank"
    ranking: tuple[str, ...] = ()

    def tier(self, testimony: Testimony) -> tuple[int, int]:
        """The smaller, the sooner believed."""
        if testimony.source in self.ranking:
            return 0, self.ranking.index(testimony.source)
        return 1, testimony.rank


Rules = Mapping[str, Rule]
USUAL = Rule()
NO_RULES: Rules = {}


@dataclass(frozen=True)
class Golden:
    """The believed value of each field spoken about, and its [source record id, as-of time in ISO 8601]."""

    fields: dict[str, Any]
    provenance: dict[str, list[int | str]]


def survive(testimonies: Iterable[Testimony], rules: Rules = NO_RULES) -> Golden:
    """Apply the rules to all records of one party."""
    heard = list(testimonies)
    if len(heard) == 1 and not heard[0].by_hand:
        return _alone(heard[0])
    fields: dict[str, Any] = {}
    provenance: dict[str, list[int | str]] = {}
    for name in (*GOLDEN, *_custom_names(heard)):
        if speakers := [each for each in heard if each.said(name)]:
            believed = decide(name, speakers, rules.get(name, USUAL))
            fields[name] = believed.fields[name]
            provenance[name] = [believed.record, believed.when(name).isoformat()]
    return Golden(fields, provenance)


def _alone(only: Testimony) -> Golden:
    """What a single system says is believed, whatever the rules."""
    names = (*GOLDEN, *_custom_names([only]))
    fields = {name: value for name in names if (value := only.fields.get(name)) not in (None, "")}
    since = only.as_of.isoformat()
    return Golden(fields, {name: [only.record, since] for name in fields})


def decide(name: str, speakers: Sequence[Testimony], rule: Rule) -> Testimony:
    """Of those who say something about a field, the one who is believed; there must be one."""
    if len(speakers) == 1:
        return speakers[0]
    if typed := [each for each in speakers if each.by_hand]:
        return min(typed, key=lambda each: (*_newest(name, each), each.record))
    order = _ORDERS[rule.how](name, speakers, rule)
    return min(speakers, key=lambda each: (*order(each), each.record))


def _custom_names(heard: list[Testimony]) -> list[str]:
    return sorted({name for each in heard for name in each.fields if name.startswith(CUSTOM)})


def _newest(name: str, testimony: Testimony) -> tuple[float]:
    return (-testimony.when(name).timestamp(),)


def _by_rank(name: str, _speakers: Sequence[Testimony], rule: Rule) -> Any:
    return lambda each: (rule.tier(each), *_newest(name, each))


def _by_latest(name: str, _speakers: Sequence[Testimony], rule: Rule) -> Any:
    return lambda each: (*_newest(name, each), rule.tier(each))


def _by_most(name: str, speakers: Sequence[Testimony], rule: Rule) -> Any:
    """Sources count, not records: a source with two records of a customer has one voice for each value."""
    voices = {(str(each.fields[name]), each.source) for each in speakers}
    said = [value for value, _source in voices]
    return lambda each: (-said.count(str(each.fields[name])), rule.tier(each), *_newest(name, each))


def _by_longest(name: str, _speakers: Sequence[Testimony], rule: Rule) -> Any:
    return lambda each: (-len(str(each.fields[name])), rule.tier(each), *_newest(name, each))


_ORDERS = {"rank": _by_rank, "latest": _by_latest, "most": _by_most, "longest": _by_longest}
