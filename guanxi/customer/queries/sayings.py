"""Who says what about one field of a customer, since when, and what was said before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from guanxi.customer.intake.rules import rules_as_set
from guanxi.customer.models import BeliefRule, Event, Party, Source, SourceRecord, SupersededPayload
from guanxi.customer.survivorship import USUAL

MOST = 100  # earlier values shown
CORRECTED = "customer.field_corrected"
Show = Callable[[object], str]


@dataclass(frozen=True)
class Saying:
    """What one source record says of the field, in the reader's language. `until` is set for what it says no more."""

    value: str
    source: str
    record: int
    since: datetime
    until: datetime | None
    by_hand: bool
    is_believed: bool


@dataclass(frozen=True)
class Correction:
    """A change by a person, from the timeline."""

    before: str
    after: str
    at: datetime
    by: str


def sayings(party: Party, name: str, show: Show) -> list[Saying]:
    """Of every record that speaks of the field, what it says now: the believed one first, then the newest."""
    believed = party.provenance.get(name, [0, ""])[0]
    records = SourceRecord.objects.filter(party=party, fields__has_key=name).select_related("source")
    found = [_current(each, name, show, is_believed=each.pk == believed) for each in records]
    return sorted(found, key=lambda each: (not each.is_believed, -each.since.timestamp(), each.record))


def earlier_sayings(party: Party, name: str, show: Show) -> list[Saying]:
    """What the records said before, the latest first."""
    rows = SupersededPayload.objects.filter(source_record__party=party, fields__has_key=name)
    newest = rows.select_related("source_record__source").order_by("-as_of", "-id")[:MOST]
    return [_past(each, name, show) for each in newest]


def corrections(party: Party, name: str, show: Show) -> list[Correction]:
    """What people have typed over it, the latest first."""
    rows = Event.objects.filter(party=party, kind=CORRECTED, facts__field=name).select_related("by")
    return [
        Correction(show(each.facts["before"]), show(each.facts["after"]), each.at, each.by.name if each.by else "")
        for each in rows.order_by("-at", "-id")[:MOST]
    ]


def deciding_rule(name: str) -> tuple[str, list[str]]:
    """The words of the field's rule, and the names of the sources that are believed first for it."""
    rule = rules_as_set().get(name, USUAL)
    names = dict(Source.objects.filter(key__in=rule.ranking).values_list("key", "name"))
    return str(BeliefRule.Rule(rule.how).label), [names[key] for key in rule.ranking if key in names]


def _current(record: SourceRecord, name: str, show: Show, *, is_believed: bool) -> Saying:
    by_hand = record.source.key == Source.OWN
    typed = record.payload.get(name, {}).get("at") if by_hand else None
    since = datetime.fromisoformat(typed) if typed else record.as_of
    value = show(record.fields[name])
    return Saying(value, record.source.name, record.pk, since, None, by_hand, is_believed)


def _past(saying: SupersededPayload, name: str, show: Show) -> Saying:
    record = saying.source_record
    return Saying(
        show(saying.fields[name]),
        record.source.name,
        record.pk,
        saying.as_of,
        saying.superseded_at,
        record.source.key == Source.OWN,
        False,
    )
