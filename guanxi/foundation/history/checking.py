"""The check at the door: every row of a batch fits its dataset, or none of the batch comes in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import duckdb
import pyarrow as pa

from guanxi.foundation.duck import literal
from guanxi.foundation.history.datasets import MOMENT, Dataset

SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    MOMENT: "TIMESTAMP WITH TIME ZONE",
}
REJECTIONS = pa.schema([("row", pa.int64()), ("column", pa.string()), ("reason", pa.string()), ("value", pa.string())])


class Reason(StrEnum):
    """Why a cell is refused; callers turn it into a sentence in the reader's language."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_FINITE = "not_finite"
    NOT_A_CHOICE = "not_a_choice"


class BatchRefusedError(Exception):
    """The batch does not fit its dataset and nothing of it was written.

    rejections: one line per refused cell: row (1-based, as handed over), column, reason (a `Reason`), value (as text);
    empty when whole columns are missing or unknown, which the message then names.
    """

    def __init__(self, message: str, rejections: pa.Table) -> None:
        super().__init__(message)
        self.rejections = rejections


@dataclass(frozen=True)
class Extent:
    """What a batch covers: number of rows, first and last moment (None when it is empty)."""

    rows: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class Column:
    """A column of the view `given`, and the SQL that reads it in the dataset's type."""

    field: pa.Field
    given_type: str
    choices: tuple[str, ...]

    @property
    def raw(self) -> str:
        return f'"{self.field.name}"'

    @property
    def typed(self) -> str:
        """The value in the declared type, NULL where it cannot be read. An empty identity is no identity."""
        wanted = SQL_TYPES[self.field.type]
        value = self.raw if wanted == self.given_type else f"TRY_CAST({self.raw} AS {wanted})"
        return f"NULLIF({value}, '')" if self.field.name == "external_id" else value

    def faults(self) -> Iterator[tuple[Reason, str]]:
        """Each reason to refuse this cell, with the SQL condition for it."""
        if not self.field.nullable:
            empty = f" OR {self.raw} = ''" if self.given_type == "VARCHAR" else ""
            yield Reason.MISSING, f"{self.raw} IS NULL{empty}"
        if self.given_type != SQL_TYPES[self.field.type]:
            filled = f" AND {self.raw} <> ''" if self.given_type == "VARCHAR" else f" AND {self.raw} IS NOT NULL"
            yield Reason.UNREADABLE, f"TRY_CAST({self.raw} AS {SQL_TYPES[self.field.type]}) IS NULL{filled}"
        if self.field.type in (pa.float64(), MOMENT):
            yield Reason.NOT_FINITE, f"NOT isfinite({self.typed})"
        if self.choices:
            yield Reason.NOT_A_CHOICE, f"{self.typed} NOT IN ({', '.join(map(literal, self.choices))})"


def given_columns(connection: duckdb.DuckDBPyConnection, dataset: Dataset) -> list[Column]:
    """The columns of the view `given`; raises `BatchRefusedError` when some are missing or unknown."""
    types = {name: kind for name, kind, *_ in connection.execute("DESCRIBE given").fetchall()}
    required = {field.name for field in dataset.schema if not field.nullable and field.name != "batch"}
    missing, unknown = sorted(required - set(types)), sorted(set(types) - set(dataset.schema.names))
    if missing or unknown:
        message = f"{dataset.name}: missing columns {missing}, unknown columns {unknown}."
        raise BatchRefusedError(message, REJECTIONS.empty_table())
    return [
        Column(field, types[field.name], dataset.choices.get(field.name, ()))
        for field in dataset.schema
        if field.name in types and field.name != "batch"
    ]


def checked(connection: duckdb.DuckDBPyConnection, dataset: Dataset, columns: list[Column]) -> Extent:
    """The extent of the view `given`; raises `BatchRefusedError` with every refused cell."""
    faulty = " OR ".join(f"({condition})" for column in columns for _, condition in column.faults())
    moment = next(column.typed for column in columns if column.field.name == "at")
    summary = f"SELECT count(*), min({moment}), max({moment}), count(*) FILTER (WHERE {faulty}) FROM given"
    ((rows, first, last, bad),) = connection.execute(summary).fetchall()
    if bad:
        rejections = _rejections(connection, columns)
        raise BatchRefusedError(f"{dataset.name}: {bad} of {rows} rows do not fit; nothing was written.", rejections)
    return Extent(rows, first, last)


def _rejections(connection: duckdb.DuckDBPyConnection, columns: list[Column]) -> pa.Table:
    connection.execute("CREATE TEMP VIEW numbered AS SELECT row_number() OVER () AS given_row, * FROM given")
    cells = [
        f"SELECT given_row, {literal(column.field.name)}, {literal(reason)}, CAST({column.raw} AS VARCHAR)"
        f" FROM numbered WHERE {condition}"
        for column in columns
        for reason, condition in column.faults()
    ]
    found = connection.execute(" UNION ALL ".join(cells) + " ORDER BY 1, 2").to_arrow_table()
    return found.rename_columns(REJECTIONS.names).cast(REJECTIONS)
