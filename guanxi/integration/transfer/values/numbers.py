"""Figures as people write them: signs of currency, groups of thousands, decimal commas, brackets for negatives."""

from collections.abc import Sequence

import duckdb

from guanxi.integration.transfer.values.cells import half_width

MARKS = (".", ",")
CURRENCIES = "RMB|CNY|USD|EUR|GBP|HKD|TWD|JPY|CHF|AUD|CAD|SGD"
_NOISE = rf"(?i)(US|HK|NT|AU?|CA?|S)?\$|{CURRENCIES}|[£€¥￥元圆₹₩₽''’\s\x{{a0}}\x{{202f}}]"
_WHOLE = r"^-?\d+$"
_PLAIN = r"^-?\d+(\.\d+)?$"

_DECIMAL_COMMA = r"^-?\d+,(\d{1,2}|\d{4,})$|\.\d{3},\d+$|^-?0,\d+$"
_DECIMAL_POINT = r"^-?\d*\.(\d{1,2}|\d{4,})$|,\d{3}\.\d+$|^-?0?\.\d+$"


def number(text: str, mark: str) -> str:
    """The figure in a text expression as DOUBLE, with `mark` before its decimals; NULL when it is none.

    Thousands may be grouped by the other mark, an apostrophe or a space; a negative has its sign before or behind it,
    or stands in brackets.
    """
    bare = _bare(text)
    groups, decimals = (",", r"\.") if mark == "." else (r"\.", ",")
    shape = rf"^-?(\d+|\d{{1,3}}({groups}\d{{2,3}})*{groups}\d{{3}})?({decimals}\d*)?([eE][-+]?\d+)?$"
    digits = f"replace({bare}, ',', '')" if mark == "." else f"replace(replace({bare}, '.', ''), ',', '.')"
    slow = f"CASE WHEN regexp_matches({bare}, '{shape}') THEN try_cast({digits} AS DOUBLE) END"
    plain = _PLAIN if mark == "." else _WHOLE
    return f"CASE WHEN regexp_matches({text}, '{plain}') THEN try_cast({text} AS DOUBLE) ELSE {slow} END"


def decimal_mark(duck: duckdb.DuckDBPyConnection, texts: Sequence[str], table: str, *, likely: str) -> str:
    """The mark before the decimals, decided over whole columns; `likely` when nothing in them tells."""
    if not texts:
        return likely
    commas, points = (
        " + ".join(f"count(*) FILTER (WHERE regexp_matches({_bare(text)}, '{shape}'))" for text in texts)
        for shape in (_DECIMAL_COMMA, _DECIMAL_POINT)
    )
    ((with_comma, with_point),) = duck.execute(f"SELECT {commas}, {points} FROM {table}").fetchall()
    if with_comma == with_point:
        return likely
    return "," if with_comma > with_point else "."


def _bare(text: str) -> str:
    """Digits, marks and at most a leading minus."""
    clean = f"regexp_replace(replace({half_width(text)}, '\u2212', '-'), '{_NOISE}', '', 'g')"
    return f"regexp_replace(regexp_replace({clean}, '^\\((.*)\\)$|^([^-].*)-$', '-\\1\\2'), '^\\+', '')"
