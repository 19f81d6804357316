"""Text tables: CSV, TSV and their relatives, in any encoding."""

import csv
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.dialect import SAMPLE_ROWS, Dialect
from guanxi.integration.transfer.files.encoding import ENCODINGS, decodes
from guanxi.integration.transfer.files.rows import LONGEST_CELL, Block, Table, blocks_of, named, write_rows

LOST = "\ufffd"
MOST_LOST = 0.05  # share of rows with unreadable characters above which the encoding must be wrong

Row = list[str]


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
            header = _header(first, dialect.header)
            rows = chain(first[dialect.header :], reader)
            blocks = blocks_of(rows, dialect.header + 1, len(header))
            return write_rows(into, header, blocks if clean else _with_lost(blocks, encoding))
        except csv.Error as problem:
            raise FileProblem(_never_ends(reader.line_num)) from problem


def _never_ends(line: int) -> str:
    return _(
        "Near line %(line)d a cell is longer than a megabyte. A quotation mark may be missing, or this is no table."
    ) % {"line": line}


def _header(first: list[Row], number: int) -> list[str]:
    """The names of the columns. Empty ones at the end that no row fills are no columns."""
    if not number:
        return named([], max(map(len, first), default=0))
    if number > len(first):
        raise FileProblem(_("The file has no row %(row)d, where the names should stand.") % {"row": number})
    names = first[number - 1]
    width = len(names)
    while width > 1 and not names[width - 1].strip() and not any("".join(row[width - 1 :]) for row in first[number:]):
        width -= 1
    return named(names, width)


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
                _("The file is not written in %(encoding)s: many characters make no sense. Choose another encoding.")
                % {"encoding": ENCODINGS.get(encoding, encoding)}
            )
        yield Block(block.numbers, marks, block.columns)
