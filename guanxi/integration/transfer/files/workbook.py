"""Excel workbooks (.xlsx): the first sheet that holds anything."""

import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.dialect import SAMPLE_ROWS, header_row
from guanxi.integration.transfer.files.rows import Table, blocks_of, named, write_rows

MOST_UNPACKED = 1 << 30  # bytes
# A parser's ParseError is a SyntaxError; an archive that asks for a password is a RuntimeError.
BROKEN = (
    BadZipFile, InvalidFileException, SyntaxError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
    RuntimeError, EOFError, OSError, zlib.error,
)  # fmt: skip

Cells = list[str]


def read_workbook(path: Path, into: Path) -> tuple[Table, int]:
    """Write the rows of a workbook; also the number of its header row.

    Raises:
        FileProblem: the workbook is damaged, protected, swollen or holds no rows.
    """
    with path.open("rb") as file, _opened(file) as book:
        rows = _rows(book)
        first = list(islice(rows, SAMPLE_ROWS))
        header = header_row(first)
        width = max(map(len, first), default=0)
        names = named(first[header - 1] if header else [], width)
        return write_rows(into, names, blocks_of(chain(first[header:], rows), header + 1, width)), header


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Any]:
    """The file is handed over open: by its path, openpyxl would judge it by its name."""
    with _told():
        _require_bounded(file)
        book = load_workbook(file, read_only=True, data_only=True)
    with closing(book):
        yield book


def _require_bounded(file: BinaryIO) -> None:
    """No part of an archive yields more than its directory says, so that the sum bounds the memory."""
    with ZipFile(file) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > MOST_UNPACKED:
        raise FileProblem(_("The workbook holds more than 1 GB when it is unpacked. Save the table as CSV."))


@contextmanager
def _told() -> Iterator[None]:
    """What openpyxl raises over a broken file, as a sentence."""
    try:
        yield
    except BROKEN as problem:
        raise FileProblem(
            _("The workbook is damaged or protected and cannot be read. Save it again or as CSV.")
        ) from problem


def _rows(book: Any) -> Iterator[Cells]:
    with _told():
        for sheet in book.worksheets:
            rows = ([_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
            first = next((row for row in rows if any(row)), None)
            if first is not None:
                yield first
                yield from rows
                return


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell)
