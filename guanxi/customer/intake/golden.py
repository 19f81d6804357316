"""Party fields computed anew from the source records: after an import, a correction, a merge."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from guanxi.customer.intake.bulk import as_json
from guanxi.customer.intake.rules import rules_in_force
from guanxi.customer.models import Identifier, Party, Source, SourceRecord
from guanxi.customer.normal import latin_spelling, sort_key
from guanxi.customer.search import learn, tokens
from guanxi.customer.survivorship import CUSTOM, GOLDEN, NO_RULES, Rules, Testimony, survive
from guanxi.customer.territories import place
from guanxi.foundation.arrays import as_array

COLUMNS = (*GOLDEN, "provenance", "custom", "sort_key", "search")
JSON = {"provenance", "custom"}
PERSON, PHONE, EMAIL = Party.Kind.PERSON.value, Identifier.Kind.PHONE.value, Identifier.Kind.EMAIL.value
# asked for by people
SAID = {
    kind.value for kind in (Identifier.Kind.NUMBER, Identifier.Kind.CARD, Identifier.Kind.WECOM, Identifier.Kind.USCC)
}


@dataclass
class Evidence:
    """All that golden fields and search words are computed from, for one party."""

    testimonies: list[Testimony] = field(default_factory=list)
    pointers: list[tuple[str, str]] = field(default_factory=list)  # kind, value
    numbers: list[str] = field(default_factory=list)  # external ids


def testimony(
    record: int,
    rank: int,
    as_of: datetime,
    fields: Mapping[str, Any],
    *,
    source: str,
    hand: Mapping[str, Any] | None,
) -> Testimony:
    """A source record as a witness. `hand` is the payload of a typed record: {field: {"value", "at", "by"}}."""
    since = {name: datetime.fromisoformat(typed["at"]) for name, typed in (hand or {}).items()}
    return Testimony(record, rank, as_of, fields, hand is not None, since, source)


def golden_row(evidence: Evidence, rules: Rules = NO_RULES) -> tuple[Any, ...]:
    """The values of COLUMNS for one party. Rules matter where several records speak."""
    golden = survive(evidence.testimonies, rules)
    believed = {name: golden.fields.get(name, "") for name in GOLDEN}
    believed["kind"] = believed["kind"] or PERSON
    if not believed["latin_name"] and believed["kind"] == PERSON:
        believed["latin_name"] = latin_spelling(believed["name"])
    return (
        *believed.values(),
        golden.provenance,
        {name.removeprefix(CUSTOM): value for name, value in golden.fields.items() if _is_custom(name, value)},
        sort_key(believed["name"]),
        _found_by(evidence, believed["latin_name"]),
    )


def _is_custom(name: str, value: object) -> bool:
    return name.startswith(CUSTOM) and value != ""


def _found_by(evidence: Evidence, latin_name: str) -> str:
    """The words under which the customer is searched."""
    names = {each.fields.get(part, "") for each in evidence.testimonies for part in ("name", "latin_name", "company")}
    return tokens(
        names=sorted({*names, latin_name} - {""}),
        phones=[value for kind, value in evidence.pointers if kind == PHONE],
        emails=[value for kind, value in evidence.pointers if kind == EMAIL],
        numbers=[
            *evidence.numbers,
            *(value for kind, value in evidence.pointers if kind in SAID),
        ],
    )


def believed_of_one(typed: SourceRecord, pointers: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What is believed of a customer of whom this typed record alone tells, as {column: value}: rules do not matter."""
    source = typed.source
    witness = testimony(typed.pk, source.rank, typed.as_of, typed.fields, source=source.key, hand=typed.payload)
    return dict(zip(COLUMNS, golden_row(Evidence([witness], sorted(pointers))), strict=True))


@transaction.atomic
def recompute(parties: Collection[int]) -> None:
    """Apply survivorship to these parties and write what it gives, in a few statements whatever their number."""
    rules = rules_in_force()
    locked = Party.objects.select_for_update(no_key=True).filter(pk__in=list(parties)).order_by("pk")
    evidence = evidence_of(locked.values_list("pk", flat=True))
    for party, found in evidence.items():
        if not found.testimonies:
            found.testimonies.append(_by_number(party))
    rows = [(party, *golden_row(found, rules)) for party, found in evidence.items()]
    if rows:
        _write(rows)
        learn(name for row in rows for name in row[1:3])
        place(list(evidence))


def _by_number(party: int) -> Testimony:
    """When every source that knew a customer is withdrawn, it goes by its number, so that it can still be opened."""
    return Testimony(0, 0, datetime.fromtimestamp(0, UTC), {"name": f"#{party}"})


def evidence_of(parties: Iterable[int]) -> dict[int, Evidence]:
    """Party → all that is said about it and counts, in two queries."""
    found = {party: Evidence() for party in parties}
    records = SourceRecord.objects.filter(party_id__in=list(found), source__withdrawn_at=None).order_by("id")
    for party, record, key, rank, external_id, as_of, fields, payload in records.values_list(
        "party_id", "id", "source__key", "source__rank", "external_id", "as_of", "fields", "payload"
    ):
        by_hand = key == Source.OWN
        hand = payload if by_hand else None
        found[party].testimonies.append(testimony(record, rank, as_of, fields, source=key, hand=hand))
        if not by_hand:
            found[party].numbers.append(external_id)
    heard = Identifier.objects.filter(party_id__in=list(found), source_record__source__withdrawn_at=None)
    pointers = heard.order_by("kind", "value")
    for party, kind, value in pointers.values_list("party_id", "kind", "value"):
        found[party].pointers.append((kind, value))
    return found


def _write(rows: list[tuple[Any, ...]]) -> None:
    names = ("id", *COLUMNS)
    columns = [
        as_array(map(as_json, values) if name in JSON else values)
        for name, values in zip(names, zip(*rows, strict=True), strict=True)
    ]
    kinds = ["bigint[]", *("jsonb[]" if name in JSON else "text[]" for name in COLUMNS)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE customer_party AS party SET {', '.join(f'{name} = fresh.{name}' for name in COLUMNS)}"
            f" FROM unnest({', '.join(f'%s::{kind}' for kind in kinds)}) AS fresh ({', '.join(names)})"
            " WHERE party.id = fresh.id",
            columns,
        )
