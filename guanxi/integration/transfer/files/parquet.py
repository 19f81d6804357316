"""Parquet files: typed columns, written out as text so that the rest of the way is the same for every file."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.rows import BLOCK, BLOCK_TEXT, Block, Table, named, require_bounded, write_rows


def read_parquet(path: Path, into: Path) -> Table:
    """Write the rows of a Parquet file. Dates become ISO 8601, numbers keep a decimal point.

    Raises:
        FileProblem: the file is broken, swollen, or holds no rows.
    """
    with _told():
        schema = pq.read_schema(path)
        file = pq.ParquetFile(path, read_dictionary=[each.name for each in schema if _is_text(each.type)])
    with closing(file):
        require_bounded(file.metadata.num_rows, len(schema.names), _unpacked(file.metadata))
        return write_rows(into, named(schema.names, len(schema.names)), _blocks(file))


@contextmanager
def _told() -> Iterator[None]:
    """What Arrow raises over a broken file, or over moments that Python cannot count, as a sentence."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, OverflowError) as problem:
        raise FileProblem(_("The Parquet file is damaged and cannot be read. Export it again.")) from problem


def _blocks(file: pq.ParquetFile) -> Iterator[Block]:
    number = 2
    with _told():
        for batch in file.iter_batches(batch_size=_rows_at_once(file.metadata)):
            for some in _portions(batch):
                rows = range(number, number + some.num_rows)
                yield Block(rows, [None] * some.num_rows, [_text(column) for column in some.columns])
                number += some.num_rows


def _rows_at_once(facts: pq.FileMetaData) -> int:
    return max(1, min(BLOCK, int(BLOCK_TEXT * facts.num_rows // max(_unpacked(facts), 1))))


def _unpacked(facts: pq.FileMetaData) -> int:
    """Bytes, as the file says itself."""
    return sum(facts.row_group(place).total_byte_size for place in range(facts.num_row_groups))


def _portions(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A long text that is repeated lies in the file once: halve the rows until what they say is short written out."""
    half = batch.num_rows // 2
    if not half or sum(map(_written_out, batch.columns)) <= BLOCK_TEXT:
        yield batch
        return
    yield from _portions(batch.slice(0, half))
    yield from _portions(batch.slice(half))


def _written_out(column: pa.Array) -> int:
    """Bytes of the texts of a column that is kept as a dictionary."""
    if not pa.types.is_dictionary(column.type) or not _is_text(column.type.value_type):
        return 0
    return int(pc.sum(pc.binary_length(column.dictionary).take(column.indices)).as_py() or 0)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


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
