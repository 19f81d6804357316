"""What is believed of a customer, field by field: the value, who says so, since when."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from guanxi.customer.fields import ABSENT, SENSITIVE, as_text, believed_value, custom_fields, field_named, shown_value
from guanxi.customer.models import CustomField, Party, Source, SourceRecord
from guanxi.customer.normal import country_name, written_phone
from guanxi.customer.queries.related import related
from guanxi.customer.survivorship import GOLDEN
from guanxi.customer.timeline.own import field_label
from guanxi.foundation.access.doors import may
from guanxi.foundation.accounts.models import User
from guanxi.foundation.ui import formats


@dataclass(frozen=True)
class Believed:
    """A golden or custom field: its value in the reader's language, which source says so since when, whether a person
    typed it. `party` is the customer that a relation leads to, where the reader may see it; `written` is for the form.
    """

    name: str
    label: str
    value: str
    written: str
    source: str
    since: datetime | None
    by_hand: bool
    party: int | None = None


def believed_fields(party: Party, records: Iterable[SourceRecord], reader: User) -> list[Believed]:
    """Every golden and custom field that this kind of party has, also the empty ones, with its provenance."""
    known = {each.pk: each for each in records}
    own = custom_fields(party_kind=party.kind, sensitive=may(reader, SENSITIVE))
    golden = [name for name in GOLDEN if name != "born" or party.kind == Party.Kind.PERSON or party.born]
    return [*(_golden(party, name, known) for name in golden), *_custom(party, own, known, reader)]


def believed_field(party: Party, name: str, reader: User) -> Believed:
    """One of them; whether the reader may see a sensitive one is the caller's to ask."""
    known = {each.pk: each for each in SourceRecord.objects.filter(party=party).select_related("source")}
    field = field_named(name)
    return next(iter(_custom(party, [field], known, reader))) if field else _golden(party, name, known)


def custom_values(party: Party, fields: Iterable[CustomField], reader: User) -> dict[str, tuple[str, Party | None]]:
    """Field name → its value in the reader's language, and the customer that a relation leads to, where visible."""
    held = {each: believed_value(party, each.name) for each in fields}
    numbers = [int(value) for each, value in held.items() if value != ABSENT and each.kind == "relation"]
    others = related(reader, numbers)
    return {each.name: _shown(each, value, others) for each, value in held.items()}


def saying_in_words(name: str, reader: User) -> Callable[[object], str]:
    """How a value of this field is written for the reader, whoever says it."""
    field = field_named(name)
    if field is None:
        return lambda value: said_value(name, str(value))
    if field.kind != CustomField.Kind.RELATION:
        return lambda value: shown_value(field, value)
    return lambda value: _shown(field, value, related(reader, [int(str(value))] if str(value).isdecimal() else []))[0]


def said_value(name: str, value: str) -> str:
    """A golden field's value in the reader's language."""
    if name == "country":
        return country_name(value)
    if name == "kind":
        return str(Party.Kind(value).label) if value else ""
    if name == "born":
        return formats.day(date.fromisoformat(value)) if value else ""
    return written_phone(value) if name == "phone" else value


def _golden(party: Party, name: str, known: Mapping[int, SourceRecord]) -> Believed:
    written = str(getattr(party, name))
    return Believed(name, field_label(name), said_value(name, written), written, *_provenance(party, name, known))


def _custom(
    party: Party, fields: Iterable[CustomField], known: Mapping[int, SourceRecord], reader: User
) -> Iterable[Believed]:
    fields = list(fields)
    shown = custom_values(party, fields, reader)
    for each in fields:
        value, other = shown[each.name]
        written = as_text(believed_value(party, each.name))
        origin = _provenance(party, each.name, known)
        yield Believed(each.name, each.label, value, written, *origin, party=other.pk if other else None)


def _provenance(party: Party, name: str, known: Mapping[int, SourceRecord]) -> tuple[str, datetime | None, bool]:
    record, since = party.provenance.get(name, (0, ""))
    source = known[record].source if record in known else None
    by_hand = source is not None and source.key == Source.OWN
    return source.name if source else "", datetime.fromisoformat(since) if since else None, by_hand


def _shown(field: CustomField, value: object, others: Mapping[int, Party]) -> tuple[str, Party | None]:
    if field.kind == CustomField.Kind.RELATION and value != ABSENT:
        other = others.get(int(str(value)))
        return (other.name if other else shown_value(field, value)), other
    return shown_value(field, value), None
