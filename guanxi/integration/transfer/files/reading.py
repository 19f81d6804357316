"""Reading any file into `rows.parquet`, and saying how it was read."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from guanxi.integration.transfer.files.content import Format, format_of
from guanxi.integration.transfer.files.dialect import Dialect, dialect_of, sample_of
from guanxi.integration.transfer.files.encoding import encoding_of
from guanxi.integration.transfer.files.parquet import read_parquet
from guanxi.integration.transfer.files.rows import Table
from guanxi.integration.transfer.files.text import read_text
from guanxi.integration.transfer.files.workbook import read_workbook


@dataclass(frozen=True)
class Reading:
    """How a file is read. Encoding, delimiter and quote are empty for formats that need none."""

    format: str
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    header: int = 1

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
    if form is not Format.TEXT:
        return Reading(form)
    encoding = encoding or encoding_of(path)
    dialect = dialect_of(sample_of(path, encoding))
    return Reading(form, encoding, dialect.delimiter, dialect.quote, dialect.header)


def read(path: Path, into: Path, how: Reading) -> tuple[Table, Reading]:
    """Write the rows of the file in `path` to `into`; the reading as it turned out.

    Raises:
        FileProblem: it cannot be read this way.
    """
    if how.format == Format.PARQUET:
        return read_parquet(path, into), how
    if how.format == Format.WORKBOOK:
        table, header = read_workbook(path, into)
        return table, replace(how, header=header)
    return read_text(path, into, how.encoding, how.dialect), how
