"""Days of the calendar in their one spelling, and those on which a customer can be born."""

import re
from datetime import date

from guanxi.customer.normal.names import plain_text

_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?|(\d{2})(\d{2}))(?:[T ]00:00(?::00)?)?")
FIRST_BIRTH = date(1900, 1, 1)


def plain_day(text: str) -> str:
    """YYYY-MM-DD of a day written year first: 1985-04-12, 1985/4/12, 1985年4月12日, 19850412; else empty."""
    found = _DAY.fullmatch(plain_text(text))
    if not found:
        return ""
    year, month, day = found[1], found[2] or found[4], found[3] or found[5]
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def birth_date(text: str, today: date) -> str:
    """The same for a birth date: empty also for days to come, and for those before 1900."""
    day = plain_day(text)
    return day if FIRST_BIRTH.isoformat() <= day <= today.isoformat() else ""
