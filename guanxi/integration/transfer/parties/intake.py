"""Customers of a part of a file are taken in and answered, row by row."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pyarrow as pa

from guanxi.customer.intake import Incoming, Outcome, ensure_source, take_in
from guanxi.foundation.accounts.models import User
from guanxi.integration.transfer.duck import literal, workbench
from guanxi.integration.transfer.outcomes import SCHEMA
from guanxi.integration.transfer.parties.reading import incoming
from guanxi.integration.transfer.place import Place
from guanxi.integration.transfer.plan import Plan
from guanxi.integration.transfer.reasons import Result
from guanxi.integration.transfer.values.cells import cell

Row = dict[str, Any]


def take_in_part(plan: Plan, place: Place, first: int, rows: int, *, at: datetime, by: User | None) -> pa.Table:
    """Take in the good rows from number `first` on; the outcome of every row."""
    read = list(_rows(plan, place, first, rows))
    good = [each for _, each in read if each]
    source = ensure_source(key=plan.source, name=plan.source)
    answers = iter(take_in(source=source, records=good, at=at, by=by))
    outcomes = [_taken(row, next(answers)) if each else _refused(row) for row, each in read]
    return pa.Table.from_pylist(outcomes, schema=SCHEMA)


def _rows(plan: Plan, place: Place, first: int, rows: int) -> Iterator[tuple[Row, Incoming | None]]:
    """Each row as prepared, and as an incoming customer if it can be one."""
    clean = ", ".join(f"{cell(f'c{place}')} AS {key}" for key, place in plan.columns.items())
    raw = ", ".join(f"c{place}" for place in range(len(plan.header)))
    within = f"BETWEEN {first} AND {first + rows - 1}"
    with workbench(place.folder) as duck:
        prepared = duck.execute(
            f"SELECT row, reason, detail, external_id FROM {literal(str(place.prepared))} WHERE row {within} ORDER BY row"
        ).to_arrow_table()
        cells = f"FROM {literal(str(place.rows))} WHERE row {within} ORDER BY row"
        said = duck.execute(f"SELECT {clean} {cells}").to_arrow_table().to_pylist()
        payloads = duck.execute(f"SELECT {raw} {cells}").fetchall()
    for row, fields, payload in zip(prepared.to_pylist(), said, payloads, strict=True):
        if row["reason"]:
            yield row, None
            continue
        verbatim = {name: text for name, text in zip(plan.header, payload, strict=True) if text not in (None, "")}
        told = {key: text for key, text in fields.items() if text}
        yield row, incoming(row["external_id"], verbatim, told, plan.as_of)


def _taken(row: Row, answer: Outcome) -> Row:
    notes = ["duplicate"] * bool(answer.possible_duplicates)
    rejected = answer.status == Result.REJECTED
    if answer.reason and not rejected:
        notes.append("partly_read")
    return {
        **row,
        "outcome": str(answer.status),
        "reason": answer.reason or None,
        "notes": notes,
        "party": answer.party,
    }


def _refused(row: Row) -> Row:
    outcome = {"blank": Result.EMPTY, "superseded": Result.LEFT_OUT}.get(row["reason"], Result.REJECTED)
    return {**row, "outcome": str(outcome), "notes": [], "party": None}
