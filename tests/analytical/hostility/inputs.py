"""Ways to spoil the arguments of a call, by what kind of thing each is; and what may come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeAlias

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import issparse

Arguments: TypeAlias = dict[str, Any]

NASTY = (0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 1e-300, 1e-9, 1e9, -1e9, np.nan, np.inf, -np.inf)
NUMBERS = (np.nan, np.inf, -np.inf, -1.0, 0.0, 1e-300, 1e-9, 1e9)
COUNTS = (0, -1, 1)


@dataclass(frozen=True)
class Case:
    """A call that works, as `call(**usual)`.

    unbounded: fields of the result that are documented to be nan or infinite sometimes ("" is the result itself).
    kept: arguments that are not spoiled. never: ways to spoil that cannot come about.
    """

    call: Callable[..., Any]
    usual: Arguments
    unbounded: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


def is_column(value: Any) -> bool:
    """A column of numbers: an array of one dimension, or a list of floats."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, float) for each in value)
    return isinstance(value, np.ndarray) and value.ndim == 1 and value.dtype.kind in "fi"


def spoiled_columns(values: Any) -> dict[str, Any]:
    """One column, spoiled."""
    usual = np.asarray(values, dtype=np.float64)
    with_first = {f"{first} in it": np.concatenate([[first], usual[1:]]) for first in (np.nan, np.inf, -np.inf, -1.0)}
    return with_first | {
        "empty": usual[:0],
        "one row": usual[:1],
        "one row less": usual[:-1],
        "constant": np.full_like(usual, usual[0]),
        "zero": np.zeros_like(usual),
        "huge": usual * 1e9,
        "tiny": usual * 1e-9,
        "negative": -usual,
        "backwards": usual[::-1],
        "two-dimensional": usual[:, None],
    }


def spoiled_tables(table: pa.Table) -> dict[str, pa.Table]:
    """A table, spoiled: as a whole, and each column of numbers by itself."""
    found = {
        "empty": table.slice(0, 0),
        "one row": table.slice(0, 1),
        "every row twice": pa.concat_tables([table, table]),
        "backwards": table.take(list(range(table.num_rows))[::-1]),
        "one row many times": table.take([0] * table.num_rows),
    }
    for name in table.column_names:
        kind = table.schema.field(name).type
        place = table.column_names.index(name)
        if pa.types.is_floating(kind):
            changes = {"huge": pc.multiply(table[name], 1e9), "negative": pc.negate(table[name])}
            changes |= {"zero": pc.multiply(table[name], 0.0)}
            found |= {f"{name} {how}": table.set_column(place, name, new) for how, new in changes.items()}
        found[f"{name} missing"] = table.set_column(place, name, pa.nulls(table.num_rows, kind))
    return found


def spoiled(value: Any, degenerate: Mapping[type, Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Every way to spoil one argument."""
    for kind, bad_ones in degenerate.items():
        if isinstance(value, kind):
            yield from bad_ones.items()
    if is_column(value):
        yield from spoiled_columns(value).items()
    elif isinstance(value, Mapping):
        yield from _spoiled_mappings(value, degenerate)
    elif isinstance(value, tuple | list):
        yield from _spoiled_sequences(value, degenerate)
    elif isinstance(value, ir.Table):
        yield from ((how, ibis.memtable(table)) for how, table in spoiled_tables(value.to_pyarrow()).items())
    elif isinstance(value, pa.Table):
        yield from spoiled_tables(value).items()
    elif isinstance(value, np.ndarray):
        yield from _spoiled_arrays(value).items()
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from ((str(each), each) for each in (NUMBERS if isinstance(value, float) else COUNTS))


def _spoiled_mappings(
    value: Mapping[Any, Any], degenerate: Mapping[type, Mapping[str, Any]]
) -> Iterator[tuple[str, Any]]:
    yield "empty", {}
    for key, part in value.items():
        yield f"without {key}", {k: v for k, v in value.items() if k != key}
        yield from ((f"{key} {how}", {**value, key: bad}) for how, bad in spoiled(part, degenerate))


def _spoiled_sequences(value: Any, degenerate: Mapping[type, Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    yield "empty", type(value)()
    for place, part in enumerate(value):
        for how, bad in spoiled(part, degenerate):
            yield f"{place}: {how}", type(value)([*value[:place], bad, *value[place + 1 :]])


def _spoiled_arrays(value: np.ndarray) -> dict[str, Any]:
    found = {"empty": value[:0], "one row": value[:1], "constant": np.repeat(value[:1], len(value), 0)}
    if value.dtype.kind == "f":
        found |= {"huge": value * 1e9, "nan": value * np.nan, "negative": -value, "flat": value.ravel()}
    return found


def spoiled_calls(case: Case, degenerate: Mapping[type, Mapping[str, Any]]) -> Iterator[tuple[str, Arguments]]:
    """The usual call with one argument spoiled, and with all columns spoiled alike."""
    for name, value in case.usual.items():
        if name not in case.kept:
            for how, bad in spoiled(value, degenerate):
                if f"{name} {how}" not in case.never:
                    yield f"{name} {how}", case.usual | {name: bad}
    columns = {name: spoiled_columns(value) for name, value in case.usual.items() if is_column(value)}
    if len(columns) > 1:
        for how in next(iter(columns.values())):
            yield f"all {how}", case.usual | {name: found[how] for name, found in columns.items()}


def finite(value: Any, unbounded: frozenset[str], where: str = "") -> list[str]:
    """Where a result holds nan or an infinite number that nobody announced."""
    if where.rpartition(".")[2] in unbounded:
        return []
    if isinstance(value, float | np.floating):
        return [] if np.isfinite(value) else [f"{where} is {value}"]
    if isinstance(value, np.ndarray) or issparse(value):
        numbers = value if isinstance(value, np.ndarray) else value.data
        return [f"{where} holds {numbers}"] if numbers.dtype.kind == "f" and not np.isfinite(numbers).all() else []
    return [each for name, part in _parts(value).items() for each in finite(part, unbounded, f"{where}.{name}")]


def numbers(value: Any) -> Iterator[np.ndarray]:
    """Every number of a result, a column's in ascending order."""
    if isinstance(value, np.ndarray):
        yield np.sort(value) if value.ndim == 1 and value.dtype.kind in "fi" else np.zeros(0)
    elif isinstance(value, int | float | np.number) and not isinstance(value, bool):
        yield np.array([value])
    for part in _parts(value).values():
        yield from numbers(part)


def shuffled(case: Case, seed: int) -> Arguments:
    """The usual call with the rows of all columns, and of labels beside them, in another order."""
    columns = {name: value for name, value in case.usual.items() if is_column(value)}
    size = max(len(each) for each in columns.values())
    order = np.random.default_rng(seed).permutation(size)
    beside = {n: v for n, v in case.usual.items() if isinstance(v, np.ndarray) and len(v) == size}
    return case.usual | {
        name: np.asarray(each)[order] for name, each in (columns | beside).items() if len(each) == size
    }


def _parts(value: Any) -> dict[str, Any]:
    """What a result is made of, by name; nothing for what holds no number."""
    if isinstance(value, ir.Table):
        table = value.to_pyarrow()
        floats = [name for name in table.column_names if pa.types.is_floating(table.schema.field(name).type)]
        return {name: table[name].drop_null().to_numpy() for name in floats}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): part for key, part in value.items()}
    if isinstance(value, tuple | list):
        return {str(place): part for place, part in enumerate(value)}
    return {}
