"""Party fields computed anew from the source records: after an import, a correction, a merge."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from guanxi.customer.intake.bulk import as_json
from guanxi.customer.models import Identifier, Party, Source, SourceRecord
from guanxi.customer.normal import latin_spelling, sort_key
from guanxi.customer.search import tokens
from guanxi.customer.survivorship import Testimony, survive

COLUMNS = (
    "name",
    "latin_name",
    "kind",
    "email",
    "phone",
    "street",
    "city",
    "postcode",
    "country",
    "language",
    "provenance",
    "sort_key",
    "search",
)


@dataclass
class Evidence:
    """All that golden fields and search words are computed from, for one party."""

    testimonies: list[Testimony] = field(default_factory=list)
    pointers: list[tuple[str, str]] = field(default_factory=list)  # kind, value
    numbers: list[str] = field(default_factory=list)  # external ids


def testimony(
    record: int, rank: int, as_of: datetime, fields: Mapping[str, str], hand: Mapping[str, Any] | None
) -> Testimony:
    """A source record as a witness. `hand` is the payload of a typed record: {field: {"value", "at", "by"}}."""
    since = {name: datetime.fromisoformat(typed["at"]) for name, typed in (hand or {}).items()}
    return Testimony(record, rank, as_of, fields, hand is not None, since)


def golden_row(evidence: Evidence) -> tuple[Any, ...]:
    """The values of COLUMNS for one party."""
    golden = survive(evidence.testimonies)
    believed = dict.fromkeys(COLUMNS[:10], "") | golden.fields
    believed["kind"] = believed["kind"] or Party.Kind.PERSON
    if not believed["latin_name"] and believed["kind"] == Party.Kind.PERSON:
        believed["latin_name"] = latin_spelling(believed["name"])
    names = {each.fields.get(part, "") for each in evidence.testimonies for part in ("name", "latin_name", "company")}
    found_by = tokens(
        names=sorted({*names, believed["latin_name"]} - {""}),
        phones=[value for kind, value in evidence.pointers if kind == Identifier.Kind.PHONE],
        emails=[value for kind, value in evidence.pointers if kind == Identifier.Kind.EMAIL],
        numbers=[
            *evidence.numbers,
            *(value for kind, value in evidence.pointers if kind in {Identifier.Kind.NUMBER, Identifier.Kind.CARD}),
        ],
    )
    return (*(believed[name] for name in COLUMNS[:10]), golden.provenance, sort_key(believed["name"]), found_by)


@transaction.atomic
def recompute(parties: Collection[int]) -> None:
    """Apply survivorship to these parties and write what it gives, in five statements whatever their number."""
    locked = Party.objects.select_for_update().filter(pk__in=list(parties)).order_by("pk")
    evidence = _evidence(locked.values_list("pk", flat=True))
    rows = [(party, *golden_row(found)) for party, found in evidence.items()]
    if rows:
        _write(rows)


def _evidence(parties: Iterable[int]) -> dict[int, Evidence]:
    found = {party: Evidence() for party in parties}
    records = SourceRecord.objects.filter(party_id__in=list(found)).order_by("id")
    for party, record, key, rank, external_id, as_of, fields, payload in records.values_list(
        "party_id", "id", "source__key", "source__rank", "external_id", "as_of", "fields", "payload"
    ):
        by_hand = key == Source.OWN
        found[party].testimonies.append(testimony(record, rank, as_of, fields, payload if by_hand else None))
        if not by_hand:
            found[party].numbers.append(external_id)
    for party, kind, value in Identifier.objects.filter(party_id__in=list(found)).values_list(
        "party_id", "kind", "value"
    ):
        found[party].pointers.append((kind, value))
    return found


def _write(rows: list[tuple[Any, ...]]) -> None:
    columns = [list(values) for values in zip(*rows, strict=True)]
    columns[11] = [as_json(value) for value in columns[11]]
    assigned = ", ".join(f"{name} = fresh.{name}" for name in COLUMNS)
    kinds = ["bigint[]", *("jsonb[]" if name == "provenance" else "text[]" for name in COLUMNS)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE customer_party AS party SET {assigned}"
            f" FROM unnest({', '.join(f'%s::{kind}' for kind in kinds)}) AS fresh (id, {', '.join(COLUMNS)})"
            " WHERE party.id = fresh.id",
            columns,
        )
