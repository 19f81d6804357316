"""Cells in the one spelling from which the other readers start, and cells that a spreadsheet will not execute."""

import re

FULL_WIDTH = "０１２３４５６７８９．，－＋（）：／＇　"
HALF_WIDTH = "0123456789.,-+():/' "

_SCIENTIFIC = r"^(\d)\.?(\d*)[eE]\+?(\d{1,2})$"

_FORMULA = re.compile(r"[=+\-@\t\r]")
_FIGURE = re.compile(r"[-+]?[.,\s]*\d[\d.,\s%]*")


def cell(column: str) -> str:
    """The text of a column without outer spaces; an empty cell, and one that only says so, is NULL."""
    bare = f"regexp_replace(trim({column}, ' \t\r\n\u00a0\u3000\ufeff'), '^''([=+@-])', '\\1')"
    return f"nullif(nullif(nullif({bare}, ''), 'NULL'), 'NaN')"


def half_width(text: str) -> str:
    """Digits and signs of East Asian width as ASCII ones."""
    return f"translate({text}, '{FULL_WIDTH}', '{HALF_WIDTH.replace(chr(39), chr(39) * 2)}')"


def code(text: str) -> str:
    """A number that names something. Data frames write 17850 as 17850.0 when some cells are empty."""
    return f"regexp_replace({half_width(text)}, '^(\\d+)\\.0+$', '\\1')"


def shortened(text: str) -> str:
    """Whether a spreadsheet wrote a long number as 1.38E+10, so that its last digits are lost."""
    parts = rf"regexp_extract({text}, '{_SCIENTIFIC}', ['whole', 'digits', 'power'])"
    return f"coalesce(length({parts}.digits) < try_cast({parts}.power AS INTEGER), false)"


def unshortened(text: str) -> str:
    """The same number in full where 1.3800138000E+10 still holds every digit; other texts as they are."""
    parts = rf"regexp_extract({text}, '{_SCIENTIFIC}', ['whole', 'digits', 'power'])"
    full = f"left({parts}.whole || {parts}.digits, try_cast({parts}.power AS INTEGER) + 1)"
    return f"CASE WHEN {parts}.power <> '' AND NOT {shortened(text)} THEN {full} ELSE {text} END"


def safe(text: str) -> str:
    """A cell for a CSV that is given out: what a spreadsheet would execute gets an apostrophe, figures stay figures.

    `cell` takes the apostrophe off again.
    """
    return f"'{text}" if _FORMULA.match(text) and not _FIGURE.fullmatch(text) else text
