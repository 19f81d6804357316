"""What the cells of a column look like, whatever its name is."""

import re
from collections.abc import Callable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guanxi.integration.transfer.fields import Looks

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
_PHONE = re.compile(r"\+?[\d\s()./-]{7,20}")
_DATE = re.compile(
    r"\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}.*|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*"
    r"|\d{1,2}[- ][A-Za-z]{3,9}[- ,]\s?\d{2,4}.*|[A-Za-z]{3,9} \d{1,2},? \d{4}.*"
)
_COUNTED_DATE = re.compile(r"(19|20)\d{6}(\d{6})?|[2-6]\d{4}(\.\d+)?|1\d{9}(\d{3})?")
_FIGURES_OF_A_DATE = re.compile(r"[-\d/.\s年月日号]{3,}")
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?(\s?[AaPp][Mm])?|\d{1,4}")
_NUMBER = re.compile(
    r"[-+(−]?\s*(?:[A-Z]{0,3}[$£€¥￥])?\s*-?[.,，．\s']*[\d０-９][\d０-９.,，．\s'eE+-]*\)?\s*[A-Z元€]{0,3}"
)
_GUARD = re.compile(r"^'(?=[=+@-])")  # the apostrophe that keeps a spreadsheet from executing a cell
_ANSWER = re.compile(r"(?i)y|n|yes|no|true|false|0|1|on|off|ja|nein|是|否|同意|不同意|有|无|已订阅|未订阅")


def _is_phone(cell: str) -> bool:
    return bool(_PHONE.fullmatch(cell)) and not _DATE.fullmatch(cell) and sum(sign.isdigit() for sign in cell) >= 7


TESTS: dict[Looks, Callable[[str], bool]] = {
    Looks.EMAIL: lambda cell: bool(_EMAIL.fullmatch(cell)),
    Looks.PHONE: _is_phone,
    Looks.MOMENT: lambda cell: bool(_DATE.fullmatch(cell) or _COUNTED_DATE.fullmatch(cell)),
    Looks.BIRTH_DATE: lambda cell: bool(_DATE.fullmatch(cell) or _FIGURES_OF_A_DATE.fullmatch(cell)),
    Looks.DAY: lambda cell: len(cell) <= 120 and not _EMAIL.fullmatch(cell),
    Looks.TIME: lambda cell: bool(_TIME.fullmatch(cell)),
    Looks.NUMBER: lambda cell: bool(_NUMBER.fullmatch(cell)),
    Looks.ANSWER: lambda cell: bool(_ANSWER.fullmatch(cell)),
    Looks.TEXT: lambda cell: not _EMAIL.fullmatch(cell) and not _DATE.fullmatch(cell),
    Looks.COLLEAGUE: lambda cell: not _DATE.fullmatch(cell),
    Looks.CODE: lambda cell: len(cell) <= 120 and not _EMAIL.fullmatch(cell),
}

TOLD_BY = 200  # characters of a cell that tell how it looks; patterns would take for ever over a megabyte
TYPICAL = 0.9  # share of the cells that tells what a column is
WORDS = {Looks.EMAIL: _("e-mail"), Looks.ANSWER: _("yes or no"), Looks.NUMBER: _("figure"), Looks.PHONE: _("phone")}


def share(cells: Sequence[str], looks: Looks) -> float | None:
    """Share of the filled cells that look so; None when none is filled."""
    filled = _filled(cells)
    if not filled:
        return None
    return sum(map(TESTS[looks], filled)) / len(filled)


def described(cells: Sequence[str]) -> Promise:
    """In a word what most cells of a column are."""
    if share(cells, Looks.TEXT) is None:
        return _("empty")
    if looks_dated(cells):
        return _("date")
    return next((word for looks, word in WORDS.items() if (share(cells, looks) or 0) >= TYPICAL), _("text"))


def looks_dated(cells: Sequence[str]) -> bool:
    """Whether nearly all filled cells are written dates (figures that might be days do not count)."""
    filled = _filled(cells)
    return bool(filled) and sum(bool(_DATE.fullmatch(cell)) for cell in filled) >= 0.95 * len(filled)


def _filled(cells: Sequence[str]) -> list[str]:
    """How the filled cells begin, without what guards them from spreadsheets."""
    return [_GUARD.sub("", cell.strip())[:TOLD_BY] for cell in cells if cell and cell.strip()]
