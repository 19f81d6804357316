"""Rows that every page reads, by statements written once: a queryset is built and compiled anew each time."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)
Values = Sequence[int | str | date | None]


def first(model: type[M], where: str, values: Values) -> M | None:
    """A row of the model that meets a condition in SQL, with its values beside it; None when there is none."""
    row = row_of(f"SELECT {columns(model)} FROM {model._meta.db_table} WHERE {where} LIMIT 1", values)
    return made(model, row) if row else None


def every(model: type[M], rest: str, values: Values = ()) -> list[M]:
    """The rows of a model that the rest of a statement asks for: WHERE …, ORDER BY …, in SQL."""
    return [row for (row,) in joined((model,), f"{model._meta.db_table} {rest}", values)]


def joined(models: Sequence[type[models.Model]], given: str, values: Values) -> list[list[Any]]:
    """Rows of several models side by side, from what is given behind FROM; None for what an outer join did not find."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(columns, models))} FROM {given}", values)
        return [made_of(models, row) for row in cursor.fetchall()]


def row_of(statement: str, values: Values) -> tuple[Any, ...] | None:
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
