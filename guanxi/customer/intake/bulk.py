"""Many rows into a table in one statement, with PostgreSQL's COPY."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from guanxi.foundation.arrays import as_array


def copy_in(model: type[Model], columns: Collection[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows with all their columns given."""
    named = ", ".join(columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({named}) FROM STDIN") as target,
    ):
        for row in rows:
            target.write_row(row)


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


def fresh_ids(model: type[Model], count: int) -> list[int]:
    """That many ids from the table's sequence, ascending."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return sorted(row[0] for row in cursor.fetchall())


as_json = json.JSONEncoder(ensure_ascii=False).encode
