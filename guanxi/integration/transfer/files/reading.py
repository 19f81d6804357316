"""Reading any file into `rows.parquet`, and saying how it was read."""

import codecs
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from guanxi.integration.transfer.files.content import Format, format_of
from guanxi.integration.transfer.files.dialect import Dialect, dialect_of, sample_of
from guanxi.integration.transfer.files.encoding import encoding_of
from guanxi.integration.transfer.files.json_lines import read_json
from guanxi.integration.transfer.files.parquet import read_parquet
from guanxi.integration.transfer.files.rows import Table
from guanxi.integration.transfer.files.text import read_text
from guanxi.integration.transfer.files.vcard import read_vcards
from guanxi.integration.transfer.files.workbook import GUESS, read_workbook


@dataclass(frozen=True)
class Reading:
    """How a file is read. Encoding, delimiter, quote and sheet are empty for formats that need none.

    header: the row with the names, 0 for none; GUESS before it is known. sheets: those of a workbook.
    """

    format: str
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    header: int = 1
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)

    @property
    def dialect(self) -> Dialect:
        return Dialect(self.delimiter, self.quote, self.header)

    def facts(self) -> dict[str, Any]:
        """As stored with the import."""
        return asdict(self)


def guessed_reading(path: Path, encoding: str = "") -> Reading:
    """How the file was most probably written; a given `encoding` is believed.

    Raises:
        FileProblem: it is no table.
    """
    form = format_of(path)
    if form is Format.WORKBOOK:
        return Reading(form, header=GUESS)
    if form is Format.PARQUET:
        return Reading(form)
    encoding = encoding or encoding_of(path)
    if form is not Format.TEXT:
        return Reading(form, encoding, header=0)
    dialect = dialect_of(sample_of(path, encoding))
    return Reading(form, encoding, dialect.delimiter, dialect.quote, dialect.header)


def read(path: Path, into: Path, how: Reading) -> tuple[Table, Reading]:
    """Write the rows of the file in `path` to `into`; the reading as it turned out.

    Raises:
        FileProblem: it cannot be read this way.
    """
    if how.encoding == "utf-16" and not _has_mark(path):
        how = replace(how, encoding="utf-16-le")
    if how.format == Format.PARQUET:
        return read_parquet(path, into), how
    if how.format == Format.WORKBOOK:
        table, found = read_workbook(path, into, how.sheet, how.header)
        return table, replace(how, header=found.header, sheet=found.name, sheets=found.sheets)
    if how.format == Format.VCARD:
        return read_vcards(path, into, how.encoding), how
    if how.format == Format.JSON:
        return read_json(path, into, how.encoding), how
    return read_text(path, into, how.encoding, how.dialect), how


def _has_mark(path: Path) -> bool:
    """Whether the file says in which order the bytes of UTF-16 stand."""
    with path.open("rb") as file:
        return file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
