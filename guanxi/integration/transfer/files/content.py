"""What a file is, told by its first bytes and never by its name."""

import re
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from guanxi.foundation.errors import UserError
from guanxi.integration.transfer.files.utf16 import utf_16_of

HEAD = 64 * 1024
HEAD_OF_TEXT = 2_048
WORKBOOK_MARK = b"xl/"
SPREADSHEET_MARK = b"opendocument.spreadsheet"
LOCKED_MARK = "EncryptedPackage".encode("utf-16-le")

_CARD = re.compile(r"BEGIN[ \t]*:[ \t]*VCARD")
_JSON = re.compile(r"\[\s*[{\]]|\{\s*[\"}]")


class Format(StrEnum):
    TEXT = "text"
    VCARD = "vcard"
    JSON = "json"
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
    _refuse_other(path, head)
    return _format_of_text(head)


def _format_of_text(head: bytes) -> Format:
    """Cards and JSON say at once what they are; every other text is taken for a table."""
    wide = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else utf_16_of(head)
    start = head[:HEAD_OF_TEXT].decode(wide or "latin-1", errors="replace").lstrip("\ufeffï»¿ \t\r\n").upper()
    if _CARD.match(start):
        return Format.VCARD
    if start.startswith("BEGIN:VCALENDAR"):
        raise FileProblem(
            _("This is a calendar, and customers are no appointments. Import contacts (.vcf) or a table.")
        )
    return Format.JSON if _JSON.match(start) else Format.TEXT


def _workbook(path: Path) -> Format:
    """A workbook is a zip archive with a folder `xl`, whose names stand in the clear at the end of the file."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - HEAD))
        if WORKBOOK_MARK in file.read():
            return Format.WORKBOOK
        file.seek(0)
        if SPREADSHEET_MARK in file.read(HEAD_OF_TEXT):
            raise FileProblem(_("This is an OpenDocument spreadsheet (.ods). Save it as .xlsx or CSV and import that."))
    raise FileProblem(_("This is a zip archive. Unpack it and import the table inside."))


def _refuse_other(path: Path, head: bytes) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if _is_locked(path):
            raise FileProblem(_("This workbook is protected by a password. Save it without one and import that."))
        raise FileProblem(_("This is an old Excel workbook (.xls). Save it as .xlsx or CSV and import that."))
    if head.startswith(b"\x1f\x8b"):
        raise FileProblem(_("This file is compressed (gzip). Unpack it and import the table inside."))
    if _is_binary(head):
        raise FileProblem(
            _("This is not a table: the file holds binary data. Import CSV, TSV, .xlsx, vCard, JSON or Parquet.")
        )


def _is_locked(path: Path) -> bool:
    """Excel wraps a workbook with a password into the container of the old format."""
    with path.open("rb") as file:
        begin = file.read(HEAD)
        file.seek(max(0, path.stat().st_size - HEAD))
        return LOCKED_MARK in begin or LOCKED_MARK in file.read()


def _is_binary(head: bytes) -> bool:
    """Control characters that no text has. UTF-16 is full of them, as halves of characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf_16_of(head):
        return False
    controls = sum(head.count(bytes([sign])) for sign in (*range(9), *range(14, 27), *range(28, 32)))
    return controls > len(head) / 100
