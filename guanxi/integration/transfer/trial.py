"""Customers of a file taken in and let go again: what would become of the first rows, by the code that takes in."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language

from guanxi.customer.access import visible_parties
from guanxi.customer.intake import Read
from guanxi.customer.models import Identifier, Party, SourceRecord
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current
from guanxi.integration.transfer.duck import literal, workbench, write_whole
from guanxi.integration.transfer.fields.customers import CUSTOMER_FIELDS
from guanxi.integration.transfer.parties.intake import ReadRow, read_rows, take_in_part
from guanxi.integration.transfer.parties.preparing import prepared_customers
from guanxi.integration.transfer.parties.question import Question, mapped_fields
from guanxi.integration.transfer.place import Place
from guanxi.integration.transfer.plan import Plan
from guanxi.integration.transfer.reasons import sentence

EXAMPLES = 5
GOLDEN = ("name", "latin_name", "email", "phone", "street", "city", "postcode", "country", "language")
LABELS = {each.key: each.label for each in CUSTOMER_FIELDS if each.key in GOLDEN}


@dataclass(frozen=True)
class Change:
    """A customer whom the file would change: what is believed now and would be believed then, field by field."""

    row: int
    name: str
    party: int
    fields: list[tuple[Promise | str, str, str]]


@dataclass(frozen=True)
class Double:
    """A row that may mean somebody known already, and the one whom it would point at too."""

    row: int
    name: str
    other: str
    party: int


@dataclass(frozen=True)
class Unread:
    """A column of phones or addresses with cells that cannot be read."""

    column: str
    cells: int
    examples: list[str]


@dataclass(frozen=True)
class Trial:
    """`outcomes` as an import writes them; the rest are examples, at most five of each kind."""

    outcomes: pa.Table
    changes: list[Change] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    rejected: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # reason → (row, what it says)


def tried(plan: Plan, place: Place, rows: int, *, at: datetime, by: User | None) -> Trial:
    """Take the first `rows` rows in, look, and roll back: nothing of it stays.

    Examples name only customers whom `by` may see.
    """
    read = _read(plan, place, rows)
    with transaction.atomic():
        before = _golden(plan, read)
        outcomes = take_in_part(plan, read, at=at, by=by)
        answered = outcomes.to_pylist()
        seen = visible_parties(by) if by else Party.objects.all()
        changes = list(islice(_changes(before, answered, seen), EXAMPLES))
        doubles = list(islice(_doubles(answered, seen), EXAMPLES))
        transaction.set_rollback(True)
    return Trial(outcomes, changes, doubles, _unread(plan, read), _rejected(answered))


def _read(plan: Plan, place: Place, rows: int) -> list[ReadRow]:
    some = f"(SELECT * FROM read_parquet({literal(str(place.rows))}) ORDER BY row LIMIT {rows})"
    prepared = place.folder / f"tried-{secrets.token_hex(4)}.parquet"
    company = current()
    try:
        with workbench(place.folder) as duck:
            write_whole(duck, prepared_customers(some, plan), prepared)
        return read_rows(_question(plan, prepared, place.rows, company.country if company else ""))
    finally:
        prepared.unlink(missing_ok=True)


def _question(plan: Plan, prepared: Path, rows: Path, country: str) -> Question:
    return Question(plan, prepared, rows, 0, 2**62, country, get_language() or "", mapped_fields(plan))


def _golden(plan: Plan, read: Iterable[ReadRow]) -> dict[int, dict[str, Any]]:
    """What is believed of the customers whom the source has told of, by party."""
    named = [each.external_id for _, each in read if isinstance(each, Read)]
    records = SourceRecord.objects.filter(source__key=plan.source, external_id__in=named)
    return _believed(records.values_list("party_id", flat=True))


def _believed(parties: Iterable[int]) -> dict[int, dict[str, Any]]:
    return {row.pop("pk"): row for row in Party.ever.filter(pk__in=list(parties)).values("pk", *GOLDEN)}


def _changes(
    before: Mapping[int, dict[str, Any]], answered: list[dict[str, Any]], seen: QuerySet[Party]
) -> Iterator[Change]:
    rows = {row["party"]: row["row"] for row in answered if row["outcome"] == "updated" and row["party"] in before}
    after = _believed(seen.filter(pk__in=rows).values_list("pk", flat=True))
    for party, row in rows.items():
        old, new = before[party], after.get(party, {})
        changed = [(LABELS[name], old[name], new[name]) for name in GOLDEN if name in new and old[name] != new[name]]
        if changed:
            yield Change(row, old["name"], party, changed)


def _doubles(answered: list[dict[str, Any]], seen: QuerySet[Party]) -> Iterator[Double]:
    """With whom the rows share an address or a number, asked while they are in."""
    rows = {row["party"]: row["row"] for row in answered if "duplicate" in (row["notes"] or ()) and row["party"]}
    some = dict(islice(rows.items(), 4 * EXAMPLES))
    names = dict(Party.ever.filter(pk__in=some).values_list("pk", "name"))
    mine: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    pointers = Identifier.objects.filter(party__in=some).exclude(kind=Identifier.Kind.NUMBER)
    for kind, value, party in pointers.values_list("kind", "value", "party_id"):
        mine[kind, value].append(party)
    shared = Identifier.objects.filter(value__in={value for _, value in mine}, party__in=seen)
    told: set[int] = set()
    for each in shared.select_related("party").order_by("pk"):
        for party in mine.get((each.kind, each.value), ()):
            if party != each.party_id and party not in told:
                told.add(party)
                yield Double(some[party], names[party], each.party.name, each.party_id)


def _unread(plan: Plan, read: Iterable[ReadRow]) -> list[Unread]:
    """Cells of phones and addresses that say something and cannot be read, by column."""
    places = [(key, place) for key in ("phone", "email") for place in _places(plan, key)]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for _, each in read:
        if isinstance(each, Read) and each.unread:
            said = " ".join(each.unread)
            for _key, place in places:
                text = str(each.payload.get(plan.header[place], ""))
                if text and f"“{text.strip()}”" in said:
                    found[plan.header[place]].append(text)
    return [Unread(column, len(cells), cells[:EXAMPLES]) for column, cells in found.items()]


def _places(plan: Plan, key: str) -> tuple[int, ...]:
    return (plan.columns[key], *plan.further.get(key, ())) if key in plan.columns else ()


def _rejected(answered: list[dict[str, Any]]) -> dict[str, list[tuple[int, str]]]:
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in answered:
        if row["outcome"] == "rejected" and len(found[row["reason"]]) < EXAMPLES:
            found[row["reason"]].append((row["row"], row["detail"] or row["external_id"] or ""))
    return {sentence(reason): rows for reason, rows in found.items()}
