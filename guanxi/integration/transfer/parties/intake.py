"""Customers of a part of a file are taken in and answered, row by row."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.utils import translation
from django.utils.translation import gettext as _

from guanxi.customer.intake import Batch, Incoming, Outcome, Read, Status, ensure_delivery, readable, receive
from guanxi.customer.privacy.refusing import is_refusal
from guanxi.foundation.accounts.models import User
from guanxi.foundation.duck import literal
from guanxi.integration.transfer.duck import workbench
from guanxi.integration.transfer.mapping.checking import SAYS_WHO
from guanxi.integration.transfer.outcomes import ERASED, SCHEMA
from guanxi.integration.transfer.parties.besides import unknown_owner
from guanxi.integration.transfer.parties.manner import Manner
from guanxi.integration.transfer.parties.reading import incoming
from guanxi.integration.transfer.plan import Plan
from guanxi.integration.transfer.reasons import Result, sentence
from guanxi.integration.transfer.values.cells import cell, unshortened
from guanxi.integration.transfer.values.moments import birth_date, moment

LAST = 2**62
AT_ONCE = 5_000
LONG_NUMBERS = {"phone", "number", "card", "uscc"}
REACHED = {"email", "phone"}
DATES = ("created", "born")  # besides those of the company's own fields

Row = dict[str, Any]
ReadRow = tuple[Row, Read | str | None]


def read_rows(manner: Manner, first: int = 0, last: int = LAST) -> list[ReadRow]:
    """The rows from number `first` to `last`, each with what can be kept of it, a sentence why it cannot, or None for
    one that is no customer."""
    with translation.override(manner.language):
        return [
            (row, _told(each, manner) if each else None)
            for row, each in rows_of(manner.plan, manner.prepared, manner.rows, first, last)
        ]


def _told(each: Incoming, manner: Manner) -> Read | str:
    """Who is told of by cells alone that cannot be read would be a customer whom nobody can find."""
    found = readable(each, manner.country, manner.customs)
    if isinstance(found, str) or each.fields.keys() & (SAYS_WHO - REACHED) or found.fields.keys() & REACHED:
        return found
    return " ".join([sentence("nothing_said"), *(left.why for left in found.unread)])


def take_in_part(plan: Plan, read: Sequence[ReadRow], *, at: datetime, by: User | None) -> pa.Table:
    """Take in the good rows; the outcome of every row."""
    return outcomes_of(take_in_rows(plan, read, at=at, by=by))


def outcomes_of(rows: Sequence[Row]) -> pa.Table:
    """Answered rows as outcomes are kept."""
    return pa.Table.from_pylist(list(rows), schema=SCHEMA)


def take_in_rows(plan: Plan, read: Sequence[ReadRow], *, at: datetime, by: User | None) -> list[Row]:
    """Take in the good rows; the outcome of every row, and in `others` the parties that it may mean too."""
    delivery = ensure_delivery(label=plan.delivery, source_key=plan.source, at=at, by=by)
    batch = Batch(delivery.source, at, by, delivery)
    answers = iter(receive(batch, [each for _, each in read if each is not None]))
    return [_refused(row) if each is None else _taken(row, next(answers)) for row, each in read]


def rows_of(
    plan: Plan, prepared: Path, rows: Path, first: int = 0, last: int = LAST
) -> Iterator[tuple[Row, Incoming | None]]:
    """Each row from number `first` to `last` as prepared, and as an incoming customer if it can be one."""
    clean = ", ".join(f'"{key}" := {_text(key, place, plan)}' for key, place in plan.columns.items())
    again = [(key, place) for key, places in plan.further.items() for place in places]
    further = ", ".join(_text(key, place, plan) for key, place in again)
    raw = ", ".join(f"c{place}" for place in range(len(plan.header)))
    known_since = cell(f"c{plan.columns['created']}") if plan.has("created") else "NULL::VARCHAR"
    query = f"""
        SELECT row, reason, detail, external_id, struct_pack({clean}) AS fields, [{further}] AS further,
            {known_since} AS since, [{raw}] AS cells
        FROM read_parquet({literal(str(prepared))}) AS judged
        JOIN {_with_dates(f"read_parquet({literal(str(rows))})", plan)} AS said USING (row)
        WHERE row BETWEEN {first} AND {last} ORDER BY row"""
    proof = _("import %(file)s, row %(row)s")
    with workbench(prepared.parent) as duck:
        batches = duck.execute(query).to_arrow_reader(AT_ONCE)
        for row in (row for batch in batches for row in batch.to_pylist()):
            fields, cells, more, since = (row.pop(part) for part in ("fields", "cells", "further", "since"))
            if row["reason"]:
                yield row, None
                continue
            verbatim = {name: text for name, text in zip(plan.header, cells, strict=True) if text not in (None, "")}
            told = {key: text for key, text in fields.items() if text}
            unread = [("created", since)] if since and "created" not in told else ()
            row["nobody"] = unknown_owner(told, plan.colleagues)
            also = [(key, text) for (key, _), text in zip(again, more, strict=True) if text]
            yield (
                row,
                incoming(
                    row["external_id"],
                    verbatim,
                    told,
                    plan.as_of,
                    plan.phones_from,
                    further=also,
                    colleagues=plan.colleagues,
                    proof=proof % {"file": plan.file_name[:150], "row": row["row"]},
                    unread=unread,
                ),
            )


def _text(key: str, place: int, plan: Plan) -> str:
    if key == "created":
        return f"({moment(_dated(place), plan.dates, plan.zone)})::VARCHAR"
    if key == "born":
        return birth_date(_dated(place), plan.dates, plan.zone, plan.as_of)
    if key in plan.days:
        day = f"({moment(_dated(place), plan.dates, plan.zone)}) AT TIME ZONE {literal(plan.zone)}"
        return f"coalesce(strftime({day}, '%Y-%m-%d'), {_dated(place)})"
    text = cell(f"c{place}")
    return unshortened(text) if key in LONG_NUMBERS else text


def _with_dates(rows: str, plan: Plan) -> str:
    """The rows with their cells of dates taken out once: reading a date names its cell a hundred times."""
    places = [plan.columns[key] for key in (*DATES, *plan.days) if plan.has(key)]
    taken_out = "".join(f", {cell(f'c{place}')} AS {_dated(place)}" for place in places)
    return f"(SELECT *{taken_out} FROM {rows})"


def _dated(place: int) -> str:
    return f"dated{place}"


def _taken(row: Row, answer: Outcome) -> Row:
    notes = ["duplicate"] * bool(answer.possible_duplicates) + ["review"] * answer.is_proposed
    rejected = answer.status is Status.REJECTED
    if answer.reason and not rejected:
        notes.append("partly_read")
    if rejected and is_refusal(answer.reason):
        notes.append(ERASED)
    if row["nobody"] and not rejected:
        notes.append("owner_unknown")
    return {
        **row,
        "outcome": str(answer.status),
        "reason": answer.reason or None,
        "notes": notes,
        "party": answer.party,
        "others": answer.possible_duplicates,
    }


def _refused(row: Row) -> Row:
    outcome = {"blank": Result.EMPTY, "superseded": Result.LEFT_OUT}.get(row["reason"], Result.REJECTED)
    return {**row, "outcome": str(outcome), "notes": [], "party": None, "others": ()}
