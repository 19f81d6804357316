"""How a text table is written: what parts its cells, what quotes them, where its header stands."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.rows import LONGEST_CELL

DELIMITERS = ",;\t|"
QUOTES = "\"'"
SAMPLE = 256 * 1024
SAMPLE_ROWS = 200

_NUMERIC = re.compile(r"[-+(]?[\s$£€¥￥]*\d[\d\s.,:/年月日-]*[%)]?")


@dataclass(frozen=True)
class Dialect:
    """`header` is the number of the row with the names (from 1; rows above it are titles), 0 when there is none."""

    delimiter: str = ","
    quote: str = '"'
    header: int = 1


def sample_of(path: Path, encoding: str) -> str:
    """The first rows as text, cut at the end of a line.

    Raises:
        FileProblem: the first line does not end within a megabyte.
    """
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        text = file.read(SAMPLE)
        if not file.read(1):
            return text
        if "\n" not in text and "\r" not in text:
            text += file.read(LONGEST_CELL)
    end = max(text.rfind("\n"), text.rfind("\r"))
    if end < 0:
        raise FileProblem(_("The first line is longer than a megabyte. This is no table with a row on each line."))
    return text[: end + 1]


def dialect_of(text: str) -> Dialect:
    """The likeliest dialect of a sample: the delimiter that cuts the most rows into the same number of cells."""
    quote = max(QUOTES, key=lambda sign: (_quoted(text, sign), sign == '"'))
    delimiter = max(DELIMITERS, key=lambda sign: (_regularity(text, sign, quote), sign == ","))
    return Dialect(delimiter, quote, header_row(rows_of(text, delimiter, quote)))


def rows_of(text: str, delimiter: str, quote: str) -> list[list[str]]:
    """The first rows of a sample."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, quotechar=quote)
    rows = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == SAMPLE_ROWS:
                break
    except csv.Error:
        return rows
    return rows


def header_row(rows: list[list[str]]) -> int:
    """The row of the names: the first that fills more than half the table's width, if none of its cells is a value."""
    width = _usual_width(rows)
    for number, row in enumerate(rows, start=1):
        named = [cell.strip() for cell in row if cell.strip()]
        if 2 * len(named) > width:
            return number if all(map(could_be_name, named)) else 0
    return 0


def could_be_name(cell: str) -> bool:
    """Whether a cell may name a column: it is neither a figure nor an address."""
    return "@" not in cell and not _NUMERIC.fullmatch(cell)


def _quoted(text: str, quote: str) -> int:
    """Cells that begin and end with the quote."""
    return len(re.findall(rf"(?m)(?:^|[,;\t|]){quote}[^{quote}\r\n]*{quote}(?=[,;\t|\r\n]|$)", text))


def _regularity(text: str, delimiter: str, quote: str) -> float:
    """Share of rows that have the usual number of cells, times a growing function of that number; 0 for one cell."""
    rows = [row for row in rows_of(text, delimiter, quote) if row]
    width = _usual_width(rows)
    if width < 2:
        return 0.0
    return sum(len(row) == width for row in rows) / len(rows) * (1 - 1 / width)


def _usual_width(rows: list[list[str]]) -> int:
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    return max(widths, key=lambda width: (widths[width], width), default=0)
