"""Rows that every page reads, by statements written once: a queryset is built and compiled anew each time."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def first(model: type[M], where: str, values: Sequence[int | str | datetime | None]) -> M | None:
    """A row of the model that meets a condition in SQL, with its values beside it; None when there is none."""
    row = row_of(f"SELECT {columns(model)} FROM {model._meta.db_table} WHERE {where} LIMIT 1", values)
    return made(model, row) if row else None


def every(model: type[M], order: str) -> list[M]:
    """All rows of a small table, in this order in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns(model)} FROM {model._meta.db_table} ORDER BY {order}")
        return [made(model, row) for row in cursor.fetchall()]


def row_of(statement: str, values: Sequence[int | str | datetime | None]) -> tuple[Any, ...] | None:
    """The first row that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


@lru_cache
def columns(model: type[models.Model]) -> str:
    """The columns of a model, in the order that `made` takes them."""
    return ", ".join(f"{model._meta.db_table}.{name}" for name in names(model))


@lru_cache
def names(model: type[models.Model]) -> tuple[str, ...]:
    """The names of the model's columns."""
    return tuple(str(each.attname) for each in model._meta.concrete_fields)


def made(model: type[M], row: Sequence[Any]) -> M:
    """The object of a row that `columns` asked for."""
    values = list(row)
    for place, read in _read(model):
        values[place] = read(values[place], None, connection)
    return model.from_db(connection.alias, names(model), values)


def made_of(models: Sequence[type[models.Model]], row: Sequence[Any]) -> list[Any]:
    """The objects of a row that `columns` of several models asked for; None for one that an outer join did not find."""
    found, start = [], 0
    for model in models:
        end = start + len(names(model))
        found.append(None if row[start] is None else made(model, row[start:end]))
        start = end
    return found


@lru_cache
def _read(model: type[models.Model]) -> list[tuple[int, Callable[..., Any]]]:
    """Which columns, by place, are not yet what the model holds, such as JSON; and how they become it."""
    fields = enumerate(model._meta.concrete_fields)
    return [(place, each.from_db_value) for place, each in fields if hasattr(each, "from_db_value")]
