"""The one form in which every file lies beside its original: `rows.parquet`, a table of text with numbered rows.

Columns: `row` (as a spreadsheet numbers it: the header counts), `problem` (a reason of `reasons.py`, or null), and
`c0`, `c1` … the cells as they came.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from guanxi.integration.transfer.files.content import FileProblem

BLOCK = 50_000
BLOCK_TEXT = 64 << 20  # characters
LONGEST_CELL = 1 << 20  # characters
MOST_COLUMNS = 500
# A few bytes can stand for any number of equal rows.
MOST_ROWS, MOST_CELLS, MOST_TEXT = 5_000_000, 100_000_000, 1 << 30


@dataclass(frozen=True)
class Block:
    """Consecutive rows: the number of each, its problem or None, and the cells column by column."""

    numbers: Sequence[int]
    problems: Sequence[str | None]
    columns: Sequence[Sequence[str | None]]


@dataclass(frozen=True)
class Table:
    """What stands in a rows file."""

    header: list[str]
    rows: int


def write_rows(path: Path, header: list[str], blocks: Iterator[Block]) -> Table:
    """Write the blocks beside the original; the file appears whole or not at all.

    Raises:
        FileProblem: there is no row below the header, or no end of rows, columns or of a cell.
    """
    require_few_columns(len(header))
    schema = pa.schema(
        [("row", pa.int64()), ("problem", pa.string()), *((f"c{i}", pa.string()) for i in range(len(header)))]
    )
    draft = path.with_suffix(".draft")
    count = size = 0
    with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
        for block in blocks:
            table = _table(block, schema)
            count, size = count + table.num_rows, size + table.nbytes
            require_bounded(count, len(header), size)
            writer.write_table(table)
    if not count:
        draft.unlink()
        raise FileProblem(_("The file holds a header but no rows. Export it again and see that it holds rows."))
    draft.replace(path)
    return Table(header, count)


def require_few_columns(number: int) -> None:
    if number > MOST_COLUMNS:
        raise FileProblem(_("The file has more than 500 columns. Leave out those that you do not need."))


def require_bounded(rows: int, columns: int, size: int) -> None:
    """Raise FileProblem where a file of so many rows, written out in so many bytes, is too large for one import."""
    if rows > MOST_ROWS or rows * columns > MOST_CELLS or size > MOST_TEXT:
        raise FileProblem(
            _("Written out, the file holds more than 5 million rows, 100 million cells or 1 GB. Divide it into parts.")
        )


def without_empty(path: Path, table: Table) -> Table:
    """The same rows file without the columns that no row fills."""
    names = [f"c{place}" for place in range(len(table.header))]
    with pq.ParquetFile(path) as file:
        filled = {name for batch in file.iter_batches(BLOCK) for name in names if _says(batch.column(name))}
        kept = [place for place, name in enumerate(names) if name in filled]
        if len(kept) == len(names):
            return table
        draft = path.with_suffix(".draft")
        said = ["row", "problem", *(names[place] for place in kept)]
        fresh = ["row", "problem", *(f"c{place}" for place in range(len(kept)))]
        schema = pa.schema([(name, pa.int64() if name == "row" else pa.string()) for name in fresh])
        with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
            for batch in file.iter_batches(BLOCK, columns=said):
                writer.write_batch(batch.rename_columns(fresh))
    draft.replace(path)
    return Table([table.header[place] for place in kept], table.rows)


def _says(column: pa.Array) -> bool:
    return bool(pc.any(pc.not_equal(column, "")).as_py())


def blocks_of(rows: Iterator[list[str]], number: int, width: int) -> Iterator[Block]:
    """Rows as blocks of columns; `number` is that of the first one."""
    while some := list(_some(rows)):
        yield block_of(some, number, width)
        number += len(some)


def _some(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """So many rows as make a block; few when they are long."""
    size = 0
    for row in islice(rows, BLOCK):
        yield row
        size += sum(map(len, row))
        if size > BLOCK_TEXT:
            return


def block_of(rows: list[list[str]], number: int, width: int) -> Block:
    """Cells missing at the end of a row are empty; filled ones beyond the header are a problem, as columns shifted."""
    problems: list[str | None] = [None] * len(rows)
    for place, row in enumerate(rows):
        if len(row) != width:
            problems[place] = "too_wide" if any(row[width:]) else None
            rows[place] = row[:width] + [""] * (width - len(row))
    return Block(range(number, number + len(rows)), problems, list(zip(*rows, strict=True)))


def _table(block: Block, schema: pa.Schema) -> pa.Table:
    written = [_texts(column) for column in block.columns]
    lost = [row for _, rows in written for row in rows]
    problems = pa.array(block.problems, pa.string())
    if lost:
        problems = pa.array([each or "encoding" * (row in lost) or None for row, each in enumerate(block.problems)])
    columns = [column for column, _ in written]
    for column in columns:
        _require_short(column, block.numbers)
        nul = pc.fill_null(pc.match_substring(column, "\0"), False)
        if pc.any(nul).as_py():
            problems = pc.if_else(nul, "nul", problems)
    return pa.table([pa.array(block.numbers, pa.int64()), problems, *columns], schema=schema)


def _texts(column: Sequence[str | None]) -> tuple[pa.Array, list[int]]:
    """A column of texts, and the places of cells with half a character (a lone surrogate), which is shown as lost."""
    try:
        return pa.array(column, pa.string()), []
    except UnicodeEncodeError:
        whole = [cell and cell.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for cell in column]
        lost = [place for place, (cell, kept) in enumerate(zip(column, whole, strict=True)) if cell != kept]
        return pa.array(whole, pa.string()), lost


def _require_short(column: pa.Array, numbers: Sequence[int]) -> None:
    lengths = pc.utf8_length(column)
    if (pc.max(lengths).as_py() or 0) > LONGEST_CELL:
        row = numbers[pc.index(pc.greater(lengths, LONGEST_CELL), True).as_py()]
        raise FileProblem(_("In row %(row)d a cell is longer than a megabyte. This is no table.") % {"row": row})


def named(cells: Sequence[str | None], width: int) -> list[str]:
    """The names of the columns; an empty one is called by its place, a repeated one gets a number."""
    require_few_columns(width)  # finding names for any number of them would take for ever
    names: list[str] = []
    for place in range(width):
        name = (cells[place] if place < len(cells) else None) or ""
        name = name.replace("\0", "").strip() or _("Column %(number)d") % {"number": place + 1}
        names.append(_unlike(name[:200], names))
    return names


def _unlike(name: str, taken: list[str]) -> str:
    if name not in taken:
        return name
    return next(other for number in range(2, len(taken) + 3) if (other := f"{name} ({number})") not in taken)
