"""Numbers, money, dates and durations as the reader writes them: the active language's locale, the account's zone."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_noop

Number = int | float | Decimal
REGIONS = {"en": "en_GB", "zh-hans": "zh_Hans_CN"}
DASH = "–"
UNITS = ("B", "kB", "MB", "GB")
MINUS = "−"
JOINED_MINUS = MINUS + "\N{WORD JOINER}"  # a line may otherwise end between a minus and a currency sign
NEAR_DAYS = {-1: gettext_noop("yesterday"), 0: gettext_noop("today"), 1: gettext_noop("tomorrow")}


def reader_locale() -> Locale:
    """The babel locale of the active language; English as in Britain, Chinese as in the mainland."""
    return _locale(get_language() or "en")


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(REGIONS.get(language, "en_GB"))


def number(value: Number, digits: int | None = None) -> str:
    """A number with grouped thousands, rounded to `digits` (half to even); up to three when None."""
    if digits == 0:  # lists hold hundreds of these; halves are exact in binary, so both ways round alike
        return f"{round(value):,}".replace("-", MINUS).replace(",", _group(get_language() or "en"))
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return babel_numbers.format_decimal(_exact(value), format=pattern, locale=reader_locale()).replace("-", MINUS)


def percent(share: Number, digits: int = 0) -> str:
    """A share of one, written of a hundred: 0.182 is 18%."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
    return babel_numbers.format_percent(_exact(share), format=pattern, locale=reader_locale()).replace("-", MINUS)


def money(amount: Number, currency: str, *, whole: bool = False) -> str:
    """An amount in its currency (ISO 4217); `whole` leaves the pence out, for estimates that do not know them."""
    pattern = "¤#,##0;-¤#,##0" if whole else None
    return babel_numbers.format_currency(
        _exact(round(amount) if whole else amount),
        currency,
        format=pattern,
        locale=reader_locale(),
        currency_digits=not whole,
    ).replace("-", JOINED_MINUS)


def interval(low: Number, high: Number, digits: int = 0) -> str:
    """Both ends of an interval, parted by a dash, or by a word when an end is negative."""
    ends = {"low": number(low, digits), "high": number(high, digits)}
    return gettext("%(low)s to %(high)s") % ends if low < 0 or high < 0 else f"{ends['low']}{DASH}{ends['high']}"


def day(value: date | datetime) -> str:
    """A day, such as 20 Nov 2025."""
    local = _local(value)
    return _medium(local.date() if isinstance(local, datetime) else local, reader_locale())


@lru_cache(maxsize=4096)
def _medium(value: date, locale: Locale) -> str:
    return babel_dates.format_date(value, format="medium", locale=locale)


def short_day(value: date | datetime) -> str:
    """A day of the year at hand, such as 20 Nov."""
    return babel_dates.format_skeleton("MMMd", _local(value), locale=reader_locale())


def long_day(value: date | datetime) -> str:
    """A day with its weekday, such as Thursday 20 November 2025."""
    return babel_dates.format_date(_local(value), format="full", locale=reader_locale())


def clock(value: datetime) -> str:
    """The time of day, such as 09:12."""
    return babel_dates.format_time(timezone.localtime(value), format="HH:mm", locale=reader_locale())


def moment(value: datetime) -> str:
    """A day and its time, such as 20 Nov 2025, 09:12."""
    return babel_dates.format_datetime(_local(value), format="medium", locale=reader_locale()).rpartition(":")[0]


def month(value: date | datetime) -> str:
    """A month of a year, such as November 2025."""
    return babel_dates.format_skeleton("yMMMM", _local(value), locale=reader_locale())


def short_month(value: date | datetime) -> str:
    """A month where there is little room, as on the axis of a chart: Nov 2025."""
    return babel_dates.format_skeleton("yMMM", _local(value), locale=reader_locale())


def ago(value: date | datetime, now: datetime) -> str:
    """How long before (or after) `now`, in the largest fitting unit: 3 days ago."""
    if not isinstance(value, datetime):
        return days_ago(value, timezone.localtime(now).date())
    return babel_dates.format_timedelta(value - now, add_direction=True, locale=reader_locale())


def days_ago(value: date, today: date) -> str:
    """How long before (or after) `today`, in the largest fitting unit from a day on: 3 days ago."""
    days = (value - today).days
    return gettext(NEAR_DAYS[days]) if days in NEAR_DAYS else _days_away(days, reader_locale())


@lru_cache(maxsize=4096)
def _days_away(days: int, locale: Locale) -> str:
    return babel_dates.format_timedelta(timedelta(days=days), granularity="day", add_direction=True, locale=locale)


def duration(seconds: Number) -> str:
    """A length of time in its largest fitting unit: 4 min."""
    return babel_dates.format_timedelta(
        timedelta(seconds=float(seconds)), format="short", threshold=1.5, locale=reader_locale()
    )


def size(octets: int) -> str:
    """The size of a file in decimal units: 1.4 MB."""
    power = min((len(str(octets)) - 1) // 3, len(UNITS) - 1)
    return f"{number(octets / 1000**power, 1 if power and octets < 10 * 1000**power else 0)} {UNITS[power]}"


@lru_cache
def _group(language: str) -> str:
    return babel_numbers.get_group_symbol(_locale(language))


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _exact(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(value))
