"""What a file is, told by its first bytes and never by its name."""

from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from guanxi.foundation.errors import UserError
from guanxi.integration.transfer.files.utf16 import utf_16_of

HEAD = 64 * 1024
WORKBOOK_MARK = b"xl/"


class Format(StrEnum):
    TEXT = "text"
    PARQUET = "parquet"
    WORKBOOK = "workbook"


class FileProblem(UserError):
    """The file cannot be read as a table; nothing of it has been taken in."""


def format_of(path: Path) -> Format:
    """The format of a file.

    Raises:
        FileProblem: it is empty or no table.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileProblem(_("The file is empty. Export it again and see that it holds rows."))
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if head.startswith(b"PK\x03\x04"):
        return _workbook(path)
    _refuse_other(head)
    return Format.TEXT


def _workbook(path: Path) -> Format:
    """A workbook is a zip archive with a folder `xl`, whose names stand in the clear at the end of the file."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - HEAD))
        if WORKBOOK_MARK in file.read():
            return Format.WORKBOOK
    raise FileProblem(_("This is a zip archive. Unpack it and import the table inside."))


def _refuse_other(head: bytes) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileProblem(_("This is an old Excel workbook (.xls). Save it as .xlsx or CSV and import that."))
    if head.startswith(b"\x1f\x8b"):
        raise FileProblem(_("This file is compressed (gzip). Unpack it and import the table inside."))
    if _is_binary(head):
        raise FileProblem(_("This is not a table: the file holds binary data. Import CSV, TSV, Parquet or .xlsx."))


def _is_binary(head: bytes) -> bool:
    """Control characters that no text has. UTF-16 is full of them, as halves of characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf_16_of(head):
        return False
    controls = sum(head.count(bytes([sign])) for sign in (*range(9), *range(14, 27), *range(28, 32)))
    return controls > len(head) / 100
