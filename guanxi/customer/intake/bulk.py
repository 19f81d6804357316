"""Many rows into a table in one statement, with PostgreSQL's COPY."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

from guanxi.foundation.arrays import as_array

LOT = 1_000
NULL = r"\N"


def copy_in(model: type[Model], columns: Collection[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows with all their columns given."""
    copy_lines(model, columns, (f"{spelled(row)}\n" for row in rows))


def copy_lines(model: type[Model], columns: Collection[str], lines: Iterable[str]) -> None:
    """The same for rows that are spelled out already."""
    named = ", ".join(columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({named}) FROM STDIN") as target,
    ):
        rest = iter(lines)
        while lot := "".join(islice(rest, LOT)):
            target.write(lot)


def spelled(row: Sequence[Any]) -> str:
    """A row, or a part of one, as COPY reads it; psycopg, which looks types up, takes four times as long."""
    cells = [each if each.__class__ is str else NULL if each is None else str(each) for each in row]
    line = "\t".join(cells)
    if line.count("\\") > row.count(None) or line.count("\t") >= len(cells) or "\n" in line or "\r" in line:
        return "\t".join([NULL if each is None else _escaped(str(each)) for each in row])
    return line


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def insert_missing(model: type[Model], columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of columns of the named types; a row that would break a uniqueness is there already."""
    if not rows:
        return
    given = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
            f" SELECT * FROM unnest({given}) ON CONFLICT DO NOTHING",
            [as_array(values) for values in zip(*rows, strict=True)],
        )


def put(model: type[Model], columns: Collection[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows whose first column is their id: new ones, and those that are there, which say this from now on."""
    given = {row[0]: row for row in rows}
    if not given:
        return
    kinds = {field.attname: field.db_type(connection) for field in model._meta.concrete_fields}
    arrays = ", ".join(f"%s::{kinds[name]}[]" for name in columns)
    anew = ", ".join(f"{name} = EXCLUDED.{name}" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT * FROM unnest({arrays})"
            f" ON CONFLICT (id) DO UPDATE SET {anew}",
            [as_array(values) for values in zip(*given.values(), strict=True)],
        )


def fresh_ids(model: type[Model], count: int) -> list[int]:
    """That many ids from the table's sequence, ascending."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH the AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence)"  # sought once
            " SELECT array_agg(nextval(sequence)) FROM the, generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        ((ids,),) = cursor.fetchall()
        return sorted(ids or ())


as_json = json.JSONEncoder(ensure_ascii=False).encode
