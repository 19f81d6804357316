"""Excel workbooks (.xlsx): one sheet of them, as it would be read on the screen."""

import math
import re
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.dialect import SAMPLE_ROWS, could_be_name, header_row
from guanxi.integration.transfer.files.rows import Table, blocks_of, named, write_rows

MOST_UNPACKED = 1 << 30  # bytes
LONGEST, MOST_CELLS = 1_048_576, 100_000_000  # rows that Excel can hold, and cells that can be gone through
# A parser's ParseError is a SyntaxError; an archive that asks for a password is a RuntimeError.
BROKEN = (
    BadZipFile, InvalidFileException, SyntaxError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
    RuntimeError, EOFError, OSError, zlib.error,
)  # fmt: skip

GUESS = -1  # as the row of the names: look for it

_ZEROS = re.compile(r"0{2,}")

Cells = list[str]


@dataclass(frozen=True)
class Sheet:
    """The sheet that was read, the row of its names, and what other sheets there are."""

    name: str
    header: int
    sheets: list[str]


def read_workbook(path: Path, into: Path, sheet: str = "", header: int = GUESS) -> tuple[Table, Sheet]:
    """Write the rows of one sheet: the named one, or the first that holds anything.

    header: the row with the names, 0 for none; GUESS looks for it.

    Raises:
        FileProblem: the workbook is damaged, protected, swollen, or the sheet holds no rows.
    """
    with path.open("rb") as file, _opened(file) as book:
        found, rows = _sheet(book, sheet)
        first = list(islice(rows, SAMPLE_ROWS))
        row = header_row(first) if header == GUESS else header
        if row > len(first):
            raise FileProblem(_("The sheet has no row %(row)d, where the names should stand.") % {"row": row})
        names, row = _names(first, row, guess=header == GUESS)
        width = max(map(len, first), default=0)
        table = write_rows(into, named(names, width), blocks_of(chain(first[row:], rows), row + 1, width))
        return table, Sheet(found, row, _visible(book))


def _names(first: list[Cells], row: int, *, guess: bool) -> tuple[Cells, int]:
    """The names of the columns, and their row. Above them may stand groups in merged cells: `Contact` over `Phone`
    and `E-mail`; a column without a group has its name in the upper row then."""
    if not row:
        return [], 0
    upper, lower = first[row - 1], first[row] if row < len(first) else []
    if guess and _is_grouped(upper, lower):
        return _joined(upper, lower), row + 1
    if row > 1 and _is_grouped(first[row - 2], upper):
        return _joined(first[row - 2], upper), row
    return upper, row


def _is_grouped(upper: Cells, lower: Cells) -> bool:
    """Whether the lower row fills gaps of the upper one, and leaves cells open that the upper one names."""
    pairs = list(zip_longest(upper, lower, fillvalue=""))
    fills = any(not above and below for above, below in pairs)
    is_open = any(above and not below for above, below in pairs)
    return fills and is_open and all(above or below for above, below in pairs) and all(map(could_be_name, lower))


def _joined(upper: Cells, lower: Cells) -> Cells:
    names, group = [], ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        group = above or group
        names.append(f"{group} {below}".strip() if below else above)
    return names


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


def _visible(book: Any) -> list[str]:
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _sheet(book: Any, wanted: str) -> tuple[str, Iterator[Cells]]:
    """The name of the sheet and its rows."""
    for sheet in book.worksheets:
        if sheet.title == wanted or (not wanted and any(islice(_rows(sheet), SAMPLE_ROWS))):
            return sheet.title, _rows(sheet)
    raise FileProblem(_("The workbook holds no rows. Export it again and see that it does."))


def _rows(sheet: Any) -> Iterator[Cells]:
    """Every row without the empty cells at its end."""
    with _told():
        sheet.reset_dimensions()  # what the file says of its size may be anything
        seen = 0
        for number, row in enumerate(sheet.iter_rows(), start=1):
            seen += len(row)
            if number > LONGEST or seen > MOST_CELLS:  # gaps are filled, and a few bytes can name a far away cell
                raise FileProblem(_("The sheet reaches further than a table can. Save the table alone, or as CSV."))
            cells = [_text(cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            yield cells


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return _figure(value, cell.number_format)
    return str(value)


def _figure(value: float, shown_as: str) -> str:
    """Whole numbers without a point, and with the zeros that the format `00000` puts in front of a postcode."""
    if not math.isfinite(value) or abs(value) >= 1e15 or value != int(value):
        return str(value)
    return str(int(value)).zfill(len(shown_as) if _ZEROS.fullmatch(shown_as) else 0)
