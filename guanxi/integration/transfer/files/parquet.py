"""Parquet files: typed columns, written out as text so that the rest of the way is the same for every file."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.rows import BLOCK, Block, Table, named, write_rows


def read_parquet(path: Path, into: Path) -> Table:
    """Write the rows of a Parquet file. Dates become ISO 8601, numbers keep a decimal point.

    Raises:
        FileProblem: the file is broken or holds no rows.
    """
    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            return write_rows(into, named(names, len(names)), _blocks(file))
    except (pa.ArrowException, OSError) as problem:
        raise FileProblem(_("The Parquet file is damaged and cannot be read. Export it again.")) from problem


def _blocks(file: pq.ParquetFile) -> Iterator[Block]:
    number = 2
    for batch in file.iter_batches(batch_size=BLOCK):
        rows = range(number, number + batch.num_rows)
        yield Block(rows, [None] * batch.num_rows, [_text(column) for column in batch.columns])
        number += batch.num_rows


def _text(column: pa.Array) -> pa.Array:
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        return pa.array([None if cell is None else str(cell) for cell in column.to_pylist()], pa.string())
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type) and column.type.unit != "us":
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    if pa.types.is_floating(column.type):
        return pa.array([_number(cell) for cell in column.to_pylist()], pa.string())
    return column.cast(pa.string())


def _number(cell: float | None) -> str | None:
    """The shortest text that reads back as the same number; whole numbers without a point."""
    if cell is None or cell != cell:  # noqa: PLR0124 (not a number is how data frames write a missing one)
        return None
    return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
