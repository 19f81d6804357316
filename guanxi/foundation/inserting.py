"""Rows of several tables in one statement: what a person makes at once costs one way to the database, not six."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

Columns = tuple["Field[Any, Any]", ...]


def insert(rows: Iterable[Model]) -> None:
    """Insert the rows, all or none; keys that the database gives are not read back.

    A row may refer to another of the same call: references are checked when the statement, or its transaction, ends.
    """
    tables: dict[type[Model], list[Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    parts, values = [], []
    for model, held in tables.items():
        fields = _columns(model, has_key=held[0].pk is not None)
        parts.append(_statement(model, fields, len(held)))
        values += [_value(field, row) for row in held for field in fields]
    *before, last = parts
    first = ", ".join(f"part{number} AS ({part})" for number, part in enumerate(before))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {first} {last}" if first else last, values)
    for row in (row for held in tables.values() for row in held):
        row._state.adding, row._state.db = False, connection.alias


@lru_cache
def _columns(model: type[Model], *, has_key: bool) -> Columns:
    fields = (each for each in model._meta.local_concrete_fields if not each.generated)
    return tuple(each for each in fields if has_key or not each.primary_key)


@lru_cache(maxsize=256)
def _statement(model: type[Model], fields: Sequence["Field[Any, Any]"], many: int) -> str:
    row = f"({', '.join(['%s'] * len(fields))})"
    names = ", ".join(str(each.column) for each in fields)
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES {', '.join([row] * many)}"


def _value(field: "Field[Any, Any]", row: Model) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)
