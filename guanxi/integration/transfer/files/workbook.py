"""Excel workbooks (.xlsx): the first sheet that holds anything."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.dialect import SAMPLE_ROWS, header_row
from guanxi.integration.transfer.files.rows import Table, blocks_of, named, write_rows

Cells = list[str]


def read_workbook(path: Path, into: Path) -> tuple[Table, int]:
    """Write the rows of a workbook; also the number of its header row.

    Raises:
        FileProblem: the workbook is damaged, protected or holds no rows.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as problem:
        raise FileProblem(
            _("The workbook is damaged or protected and cannot be read. Save it again or as CSV.")
        ) from problem
    rows = _rows(book)
    first = list(islice(rows, SAMPLE_ROWS))
    header = header_row(first)
    width = max(map(len, first), default=0)
    names = named(first[header - 1] if header else [], width)
    return write_rows(into, names, blocks_of(chain(first[header:], rows), header + 1, width)), header


def _rows(book: Any) -> Iterator[Cells]:
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
