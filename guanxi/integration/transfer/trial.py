"""Customers of a file taken in and let go again: what would become of the first rows, by the code that takes in."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guanxi.customer.access import visible_parties
from guanxi.customer.intake import Read
from guanxi.customer.intake import Unread as Left
from guanxi.customer.models import Party, SourceRecord
from guanxi.foundation.accounts.models import User
from guanxi.foundation.duck import literal
from guanxi.integration.transfer.duck import workbench, write_whole
from guanxi.integration.transfer.fields.customers import CUSTOMER_FIELDS
from guanxi.integration.transfer.parties.intake import ReadRow, outcomes_of, read_rows, take_in_rows
from guanxi.integration.transfer.parties.manner import manner_of
from guanxi.integration.transfer.parties.preparing import MADE, prepared_customers
from guanxi.integration.transfer.place import Place
from guanxi.integration.transfer.plan import Plan
from guanxi.integration.transfer.reasons import Result, sentence

EXAMPLES = 5
GOLDEN = ("name", "latin_name", "email", "phone", "street", "city", "postcode", "country", "language", "born")
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
    """A row that may mean somebody known already, that one, and what the import would do about it."""

    row: int
    name: str
    other: str
    party: int
    then: Promise


@dataclass(frozen=True)
class Unread:
    """A column with cells that do not come in, and how often the most frequent of them stand there.

    `is_of_others`: they can be read, but say what is no field of such customers.
    """

    column: str
    is_of_others: bool
    cells: int
    examples: list[tuple[str, int]]


@dataclass(frozen=True)
class Trial:
    """`outcomes` as an import writes them; the rest are examples, at most five of each kind."""

    outcomes: pa.Table
    changes: list[Change] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    rejected: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # reason → (row, what it says)
    nobody: list[tuple[str, int]] = field(default_factory=list)  # (a name that no colleague bears, how many rows)


def tried(plan: Plan, place: Place, rows: int, *, at: datetime, by: User | None) -> Trial:
    """Take the first `rows` rows in, look, and roll back: nothing of it stays.

    Examples name only customers whom `by` may see.
    """
    read = _read(plan, place, rows)
    with transaction.atomic():
        before = _golden(plan, read)
        answered = take_in_rows(plan, read, at=at, by=by)
        seen = visible_parties(by) if by else Party.objects.all()
        changes = list(islice(_changes(before, answered, seen), EXAMPLES))
        doubles = list(islice(_doubles(read, answered, seen), EXAMPLES))
        transaction.set_rollback(True)
    nobody = Counter(row["nobody"] for row in answered if "owner_unknown" in row["notes"])
    return Trial(
        outcomes_of(answered),
        changes,
        doubles,
        _unread(plan, read),
        _rejected(answered),
        nobody.most_common(EXAMPLES),
    )


def _read(plan: Plan, place: Place, rows: int) -> list[ReadRow]:
    some = f"(SELECT * FROM read_parquet({literal(str(place.rows))}) ORDER BY row LIMIT {rows})"
    prepared = place.folder / f"tried-{secrets.token_hex(4)}.parquet"
    try:
        with workbench(place.folder) as duck:
            write_whole(duck, prepared_customers(some, plan), prepared)
        return read_rows(manner_of(plan, prepared, place.rows))
    finally:
        prepared.unlink(missing_ok=True)


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


def _doubles(read: Iterable[ReadRow], answered: Iterable[dict[str, Any]], seen: QuerySet[Party]) -> Iterator[Double]:
    """Whom the rows may mean, and are taken for, as the duplicate policy has it; asked while they are in."""
    alike = ((each, row, _meant(row)) for (_row, each), row in zip(read, answered, strict=True))
    some = [(each, row, others) for each, row, others in alike if others and isinstance(each, Read)][: 4 * EXAMPLES]
    names = dict(seen.filter(pk__in={pk for *_row, others in some for pk in others}).values_list("pk", "name"))
    for each, row, others in some:
        if known := next((pk for pk in others if pk in names), None):
            yield Double(row["row"], each.fields["name"], names[known], known, _then(row))


def _meant(row: Mapping[str, Any]) -> tuple[int, ...]:
    return (row["party"],) if row["outcome"] == Result.JOINED else tuple(row["others"])


def _then(row: Mapping[str, Any]) -> Promise:
    if row["outcome"] == Result.JOINED:
        return _("it is added to that customer")
    return _("the question goes to the review") if "review" in row["notes"] else _("both stay, and it is noted")


def _unread(plan: Plan, read: Iterable[ReadRow]) -> list[Unread]:
    """Cells that say something and stay in the row alone, by column, in the order of the columns."""
    found: defaultdict[tuple[int, bool], Counter[str]] = defaultdict(Counter)
    for _row, each in read:
        if isinstance(each, Read):
            for left in each.unread:
                found[_place(plan, each.payload, left), left.is_of_others][left.text] += 1
    return [
        Unread(plan.header[place], is_of_others, cells.total(), cells.most_common(EXAMPLES))
        for (place, is_of_others), cells in sorted(found.items())
    ]


def _place(plan: Plan, payload: Mapping[str, object], left: Left) -> int:
    """Where the cell stands; of several columns of a field, in the one that says so."""
    places = (plan.columns[left.name], *plan.further.get(left.name, ()))
    return next((each for each in places if str(payload.get(plan.header[each])).strip() == left.text), places[0])


def _rejected(answered: list[dict[str, Any]]) -> dict[str, list[tuple[int, str]]]:
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in answered:
        if row["outcome"] == "rejected" and len(found[row["reason"]]) < EXAMPLES:
            number = row["external_id"] or ""
            found[row["reason"]].append((row["row"], row["detail"] or ("" if number.startswith(MADE) else number)))
    return {sentence(reason): rows for reason, rows in found.items()}
