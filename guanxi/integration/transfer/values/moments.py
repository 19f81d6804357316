"""Dates and times as people and programs write them.

ISO 8601, 2011年12月1日, 20111201, 1 Dec 2011, Excel's serial days and Unix time explain themselves. 1/12/2011 does
not: whether the day or the month stands first is decided over the whole column, and asked when no value tells.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from itertools import product

import duckdb

from guanxi.integration.transfer.values.cells import half_width


class Order(StrEnum):
    """What stands first in 1/12/2011."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    UNTOLD = ""


YEAR_FIRST = ("%Y-%m-%d",)  # %Y reads two digits too, as the first century: short dates are tried before
NAMED = ("%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%d-%B-%Y")
TWO_NUMBERS = {Order.DAY_FIRST: ("%d-%m-%y", "%d-%m-%Y"), Order.MONTH_FIRST: ("%m-%d-%y", "%m-%d-%Y")}
TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
FIRST_YEAR, LAST_YEAR = 1900, 2200

_USUAL = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$"  # needs no more than a look
_USUAL_DAY = r"^\d{4}-\d{2}-\d{2}$"
_PERHAPS_SHORT = r"^\s*\d{1,2}[-/.]\d{1,2}[-/.]"
_SHORT = r"^(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})\b"
_SHORT_YEAR = r"^\w{1,2}-\w{1,9}-\d{2}\b"
_ZONE = r"(Z|[+-]\d{2}:?\d{2})$"
_HAS_TIME_AND_ZONE = rf":\d{{2}}(\.\d+)?\s*{_ZONE}"


def moment(text: str, order: str, zone: str) -> str:
    """The moment in a text expression as TIMESTAMPTZ; NULL when it is none. Times without an offset are of `zone`."""
    usual = f"WHEN regexp_matches({text}, '{_USUAL}') THEN try_cast({text} AS TIMESTAMP)"
    local = f"CASE {usual} WHEN {_is_figure(text)} THEN {_counted(text)} ELSE {_written(text, order)} END"
    inside = f"CASE WHEN year({local}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN {local} END"
    shifted = f"({inside} - to_minutes({_offset(text)})) AT TIME ZONE 'UTC'"
    return f"CASE WHEN {_has_offset(text)} THEN {shifted} ELSE ({inside}) AT TIME ZONE '{zone}' END"


def birth_date(text: str, order: str, zone: str, told_at: datetime) -> str:
    """A birth date in a text expression as YYYY-MM-DD; what is none, or was to come when it was told, as it stands.

    Of a year in two digits, the latest is meant that is not to come: who was born in 45 was born in 1945.
    """
    day = f"({moment(text, order, zone)}) AT TIME ZONE '{zone}'"
    in_short = f"CASE WHEN regexp_matches({_plain(text)}, '{_SHORT_YEAR}') THEN {day} - INTERVAL 100 YEAR END"
    said = f"list_filter([{day}, {in_short}], lambda each: each <= TIMESTAMP '{told_at:%Y-%m-%d %H:%M:%S}')[1]"
    written = f"coalesce(strftime({said}, '%Y-%m-%d'), {text})"
    return f"CASE WHEN regexp_matches({text}, '{_USUAL_DAY}') THEN {text} ELSE {written} END"


def order_of(duck: duckdb.DuckDBPyConnection, texts: Sequence[str], table: str) -> tuple[Order, bool]:
    """What stands first in short dates of these columns, and whether there are any. No value above 12: untold."""
    first = second = short = 0
    for text in texts:
        parts = f"regexp_extract({_plain(text)}, '{_SHORT}', ['a', 'b'])"
        ((some, days_first, months_first),) = duck.execute(
            f"SELECT count(*), count(*) FILTER (WHERE parts.a::INT > 12), count(*) FILTER (WHERE parts.b::INT > 12)"
            f" FROM (SELECT {parts} AS parts FROM {table} WHERE regexp_matches({half_width(text)}, '{_PERHAPS_SHORT}')"
            f" AND regexp_matches({_plain(text)}, '{_SHORT}'))"
        ).fetchall()
        short, first, second = short + some, first + days_first, second + months_first
    if first == second:
        return Order.UNTOLD, bool(short)
    return (Order.DAY_FIRST if first > second else Order.MONTH_FIRST), True


def _plain(text: str) -> str:
    """Dashes in the date, one space before the time, English AM and PM, no offset."""
    signs = half_width(text)
    chinese = (
        rf"regexp_replace(regexp_replace({signs}, '(\d{{4}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]\s*',"
        r" '\1-\2-\3 '),"
        r" '(\d{1,2})\s*[时点時點]\s*(\d{1,2})\s*分\s*(?:(\d{1,2})\s*秒)?', '\1:\2:\3')"
    )
    halves = rf"regexp_replace(regexp_replace({chinese}, '上午\s*(.*)', '\1 AM'), '下午\s*(.*)', '\1 PM')"
    dashes = rf"regexp_replace({halves}, '^(\w{{1,4}})[-/.](\w{{1,9}})[-/.](\d{{1,4}})', '\1-\2-\3')"
    spaced = rf"regexp_replace(regexp_replace({dashes}, '(\d)T(\d)', '\1 \2'), ',|:$', '', 'g')"
    exact = rf"regexp_replace({spaced}, '(:\d{{2}}\.\d{{6}})\d+', '\1')"
    bare = rf"regexp_replace({exact}, '(:\d{{2}}(?:\.\d+)?)\s*{_ZONE}', '\1')"
    return rf"regexp_replace(trim({bare}), '\s*([AaPp])\.?[Mm]\.?$', ' \1M')"


def _written(text: str, order: str) -> str:
    days = (*TWO_NUMBERS.get(Order(order), ()), *YEAR_FIRST, *NAMED)
    formats = ", ".join(f"'{day}{time}'" for day, time in product(days, TIMES))
    return f"try_strptime({_plain(text)}, [{formats}])"


def _is_figure(text: str) -> str:
    return rf"regexp_matches({text}, '^\d{{5,14}}(\.\d+)?$')"


def _counted(text: str) -> str:
    """Days since 1899-12-30 (five digits), YYYYMMDD (eight), Unix seconds (ten) or milliseconds (thirteen)."""
    figure = f"try_cast({text} AS DOUBLE)"
    return (
        f"CASE length(split_part({text}, '.', 1))"
        f" WHEN 5 THEN TIMESTAMP '1899-12-30' + to_microseconds(round({figure} * 86400)::BIGINT * 1000000)"
        f" WHEN 8 THEN try_strptime({text}, '%Y%m%d') WHEN 14 THEN try_strptime({text}, '%Y%m%d%H%M%S')"
        f" WHEN 10 THEN make_timestamp(({figure} * 1000000)::BIGINT)"
        f" WHEN 13 THEN make_timestamp(({figure} * 1000)::BIGINT) END"
    )


def _has_offset(text: str) -> str:
    """Unix time counts in UTC by definition."""
    return (
        rf"(regexp_matches({text}, '{_HAS_TIME_AND_ZONE}') OR regexp_matches({text}, '^(\d{{10}}|\d{{13}})(\.\d+)?$'))"
    )


def _offset(text: str) -> str:
    """Minutes east of Greenwich."""
    found = rf"regexp_extract({text}, '([+-])(\d{{2}}):?(\d{{2}})$', ['sign', 'hours', 'minutes'])"
    minutes = f"coalesce(try_cast({found}.hours AS INT), 0) * 60 + coalesce(try_cast({found}.minutes AS INT), 0)"
    return f"CASE WHEN {found}.sign = '-' THEN -1 ELSE 1 END * ({minutes})"
