"""From what a source wrote to fields in their one spelling, or to a sentence why it cannot be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.db.models import CharField, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from guanxi.customer.fields import ABSENT, read_value
from guanxi.customer.intake.bulk import as_json, spelled
from guanxi.customer.intake.golden import COLUMNS, Evidence, golden_row, testimony
from guanxi.customer.intake.incoming import Incoming
from guanxi.customer.models import CustomField, Identifier, Party, SourceRecord
from guanxi.customer.normal import (
    birth_date,
    country_code,
    dialled_beside,
    dialled_from,
    is_chinese,
    kind_of,
    plain_email,
    plain_phone,
    plain_text,
    plain_uscc,
)
from guanxi.customer.survivorship import CUSTOM, GOLDEN
from guanxi.foundation.errors import UserError

PLAIN = ("name", "latin_name", "company", "street", "city", "postcode", "language")
USCC, ORGANISATION, PERSON = Identifier.Kind.USCC.value, Party.Kind.ORGANISATION.value, Party.Kind.PERSON.value
NUMBERS = (Identifier.Kind.NUMBER.value, Identifier.Kind.CARD.value, Identifier.Kind.WECOM.value)
KINDS = frozenset(Party.Kind.values)


def _longest(model: type[Model], name: str) -> int:
    return cast(CharField, model._meta.get_field(name)).max_length or 0  # type: ignore[type-arg]


LONGEST = {name: _longest(Party, name) for name in GOLDEN}
LONGEST["company"] = LONGEST["name"]
PROVENANCE, SORT_KEY = COLUMNS.index("provenance"), COLUMNS.index("sort_key")
LONGEST_ID = _longest(SourceRecord, "external_id")
LONGEST_NUMBER = _longest(Identifier, "value")


class Pointer(NamedTuple):
    """An identifier read out of a record, with the source's own spelling."""

    kind: str
    value: str
    raw: str


class Unread(NamedTuple):
    """A cell that stays in the payload alone, and the sentence that says why."""

    name: str
    text: str
    why: str
    is_of_others: bool = False  # it can be read, but is no field of such customers


@dataclass(slots=True)
class Read:
    """A row that can be kept."""

    external_id: str
    payload: Mapping[str, object]
    as_of: datetime
    fields: dict[str, Any]
    pointers: list[Pointer]
    incoming: Incoming
    unread: list[Unread] = field(default_factory=list)
    written_payload: str = ""  # as JSON
    written_fields: str = ""
    sort_key: str = ""  # of the name
    alone: tuple[str, str, str] = ("", "", "")  # see `sole_row`


class Unreadable(ValueError):
    """The row cannot be kept; the text tells the person why."""


def read(incoming: Incoming, home_country: str, customs: Sequence[CustomField] = ()) -> Read:
    """Normalise one row. `home_country` reads phone numbers of rows that name no country. Raises Unreadable.

    `customs` are the company's own fields that are looked for.
    """
    external_id = plain_text(incoming.external_id)
    written = _check(external_id, incoming)
    raw = {name: str(value) for name, value in incoming.fields.items() if value not in (None, "")}
    kept = Read(external_id, incoming.payload, incoming.as_of, {}, [], incoming)
    for name in PLAIN:
        if text := plain_text(raw.get(name, "")):
            kept.fields[name] = text
    if country := country_code(raw.get("country", "")):
        kept.fields["country"] = country
    _read_addresses(kept, raw, home_country)
    _read_numbers(kept, raw)
    _name_it(kept, raw)
    _read_social_credit_code(kept, raw.get(USCC, ""))
    if "born" in raw:
        _read_birth_date(kept, raw["born"])
    _read_customs(kept, raw, customs)
    for name, text in incoming.unread:
        _leave(kept, name, text)
    _check_lengths(kept)
    kept.written_payload, kept.written_fields = written, as_json(kept.fields)
    golden = _golden(kept)
    kept.sort_key = golden[SORT_KEY]
    kept.alone = (spelled(golden[:PROVENANCE]), spelled([golden[PROVENANCE]]), spelled(golden[PROVENANCE + 1 :]))
    return kept


def sole_row(row: Read, record: int) -> str:
    """What is believed where this record alone tells of him: golden.COLUMNS, spelled out."""
    before, provenance, after = row.alone
    return f"{before}\t{provenance.replace(': [0, ', f': [{record}, ')}\t{after}"


def _golden(kept: Read) -> tuple[str, ...]:
    """With objects as JSON, and 0 for the source record that there will be."""
    witness = testimony(0, 0, kept.as_of, kept.fields, source="", hand=None)
    pointers = sorted((each.kind, each.value) for each in kept.pointers)
    row = golden_row(Evidence([witness], pointers, [kept.external_id]))
    return tuple([(as_json(value) if value else "{}") if isinstance(value, dict) else value for value in row])


def _check(external_id: str, incoming: Incoming) -> str:
    """The payload as JSON. Raises Unreadable."""
    if not external_id:
        raise Unreadable(_("There is no customer number."))
    if len(external_id) > LONGEST_ID:
        raise Unreadable(_("The customer number is longer than %(most)s characters.") % {"most": LONGEST_ID})
    written = as_json(dict(incoming.payload))
    if not _is_text(written):
        raise Unreadable(_("The row holds signs that are no text; was the file saved in another encoding?"))
    return written


def _is_text(written: str) -> bool:
    try:
        written.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in written


def _read_addresses(kept: Read, raw: dict[str, str], home_country: str) -> None:
    first = [(kind, raw[kind]) for kind in ("email", "phone") if kind in raw]
    for kind, text in (*first, *kept.incoming.further):
        plain = plain_email(text) if kind == "email" else plain_phone(text, _phones_from(kept, text, home_country))
        if plain:
            kept.fields.setdefault(kind, plain)
            _point(kept, Pointer(kind, plain, text[:LONGEST_NUMBER]))
        elif text:
            _leave(kept, kind, text)


def _leave(kept: Read, name: str, text: str) -> None:
    kept.unread.append(Unread(name, text, _("“%(text)s” could not be read; it is kept as it came.") % {"text": text}))


def _read_customs(kept: Read, raw: dict[str, str], customs: Sequence[CustomField]) -> None:
    """What cannot be read, or is no field of such customers, stays in the payload, and the row's outcome says so."""
    for each in customs:
        text = raw.get(each.name, "")
        try:
            value = read_value(each, text)
        except UserError:
            _leave(kept, each.name, text)
            continue
        if value != ABSENT and each.party_kinds and kept.fields["kind"] not in each.party_kinds:
            kept.unread.append(Unread(each.name, text, _of_others(each.label, kept.fields["kind"]), True))
        elif value != ABSENT:
            kept.fields[each.name] = value


def _of_others(field: str, kind: str) -> str:
    return _("“%(field)s” is no field of a customer of the kind “%(kind)s”; it is kept as it came.") % {
        "field": field,
        "kind": Party.Kind(kind).label,
    }


def _point(kept: Read, pointer: Pointer) -> None:
    """The same number written twice points once."""
    if all((each.kind, each.value) != (pointer.kind, pointer.value) for each in kept.pointers):
        kept.pointers.append(pointer)


def _phones_from(kept: Read, phone: str, home_country: str) -> str:
    """The country of a number without a country code: the row's, else the one told or most probable."""
    country: str = kept.fields.get("country", "")
    usual = kept.incoming.phones_from or home_country
    if len(country) == 2:
        return dialled_beside(phone, country, usual)
    beside = kept.fields.get("name", "") + kept.fields.get("city", "")
    return dialled_from(phone, usual, is_chinese=is_chinese(beside))


def _read_numbers(kept: Read, raw: dict[str, str]) -> None:
    for kind in NUMBERS:
        written = plain_text(raw.get(kind, "")) or (kept.external_id if kind == "number" else "")
        if written:
            kept.pointers.append(Pointer(kind, written, raw.get(kind, written)))
            if kind in raw:
                kept.fields[kind] = written


def _read_social_credit_code(kept: Read, text: str) -> None:
    """Only organisations have one, and who has one is an organisation unless the row says otherwise."""
    code, kind = plain_uscc(text), kept.incoming.fields.get("kind", ORGANISATION)
    if code and kind == ORGANISATION:
        kept.fields |= {USCC: code, "kind": ORGANISATION}
        _point(kept, Pointer(USCC, code, text[:LONGEST_NUMBER]))
    elif code:
        kept.unread.append(Unread(USCC, text, _of_others(str(Identifier.Kind(USCC).label), kind), True))
    elif text:
        _leave(kept, USCC, text)


def _read_birth_date(kept: Read, text: str) -> None:
    """Only persons have one, and who has one is a person unless the row says otherwise."""
    day = birth_date(text, timezone.localtime(kept.as_of).date())
    kind = ORGANISATION if USCC in kept.fields else kept.incoming.fields.get("kind", PERSON)
    if day and kind == PERSON:
        kept.fields |= {"born": day, "kind": PERSON}
    elif day:
        kept.unread.append(Unread("born", text, _of_others(_("Birth date"), kind), True))
    else:
        why = _("“%(text)s” is no birth date with day, month and year that can be true; it is kept as it came.")
        kept.unread.append(Unread("born", text, why % {"text": text}))


def _name_it(kept: Read, raw: dict[str, str]) -> None:
    """A customer without a name goes by what is known: address, phone or number."""
    known = kept.fields
    known.setdefault("name", known.get("latin_name") or known.get("email") or known.get("phone") or kept.external_id)
    known["kind"] = raw["kind"] if raw.get("kind") in KINDS else kind_of(known["name"])


def _check_lengths(kept: Read) -> None:
    for name, text in kept.fields.items():
        if name.startswith(CUSTOM):
            continue  # checked as it was read
        most = LONGEST.get(name, LONGEST_NUMBER)
        if len(text) > most:
            raise Unreadable(_("“%(start)s…” is longer than %(most)s characters.") % {"start": text[:30], "most": most})
