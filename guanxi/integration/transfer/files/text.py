"""Text tables: CSV, TSV and their relatives, in any encoding."""

import csv
from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path

from django.utils.translation import gettext as _

from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.dialect import LONGEST_CELL, SAMPLE_ROWS, Dialect
from guanxi.integration.transfer.files.encoding import ENCODINGS, decodes
from guanxi.integration.transfer.files.rows import BLOCK, Block, Table, named, write_rows

LOST = "\ufffd"
MOST_LOST = 0.05  # share of rows with unreadable characters above which the encoding must be wrong


def read_text(path: Path, into: Path, encoding: str, dialect: Dialect) -> Table:
    """Write the rows of a text table.

    Raises:
        FileProblem: the encoding is wrong, a line never ends, or there are no rows.
    """
    csv.field_size_limit(LONGEST_CELL)
    clean = decodes(path, encoding)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=dialect.delimiter, quotechar=dialect.quote)
        try:
            first = list(islice(reader, max(dialect.header, SAMPLE_ROWS)))
            width, header = _header(first, dialect.header)
            blocks = _blocks(first, reader, dialect.header, width)
            return write_rows(into, header, blocks if clean else _with_lost(blocks, encoding))
        except csv.Error as problem:
            raise FileProblem(_never_ends(reader.line_num)) from problem


def _never_ends(line: int) -> str:
    return _(
        "Near line %(line)d a cell is longer than a megabyte. A quotation mark may be missing, or this is no table."
    ) % {"line": line}


def _header(first: list[list[str]], number: int) -> tuple[int, list[str]]:
    if number:
        if number > len(first):
            raise FileProblem(_("The file has no row %(row)d, where the names should stand.") % {"row": number})
        width = len(first[number - 1])
        while (
            width > 1
            and not first[number - 1][width - 1].strip()
            and all(len(r) < width or not r[width - 1] for r in first[number:])
        ):
            width -= 1
        return width, named(first[number - 1], width)
    width = max(map(len, first), default=0)
    return width, named([], width)


def _blocks(first: list[list[str]], reader: Iterator[list[str]], header: int, width: int) -> Iterator[Block]:
    number = header + 1
    pending = first[header:]
    while pending := pending + list(islice(reader, BLOCK - len(pending))):
        yield _block(pending, number, width)
        number += len(pending)
        pending = []


def _block(rows: list[list[str]], number: int, width: int) -> Block:
    """Missing cells at the end of a row are empty; cells beyond the header are a problem, as columns have shifted."""
    problems = [None if len(row) <= width or not any(row[width:]) else "too_wide" for row in rows]
    if any(len(row) > width for row in rows):
        rows = [row[:width] for row in rows]
    columns = list(zip_longest(*rows, [""] * width))
    return Block(range(number, number + len(rows)), problems, [column[:-1] for column in columns])


def _with_lost(blocks: Iterator[Block], encoding: str) -> Iterator[Block]:
    """Mark the rows in which the encoding could not read something; too many of them, and it is the wrong one."""
    seen = lost = 0
    for block in blocks:
        marks = [
            "encoding" if any(cell and LOST in cell for cell in cells) else problem
            for problem, cells in zip(block.problems, zip(*block.columns, strict=True), strict=True)
        ]
        seen, lost = seen + len(marks), lost + marks.count("encoding")
        if lost > max(1, seen * MOST_LOST):
            raise FileProblem(
                _(
                    "The file is not written in %(encoding)s: many of its characters make no sense. Choose another encoding."
                )
                % {"encoding": ENCODINGS.get(encoding, encoding)}
            )
        yield Block(block.numbers, marks, block.columns)
