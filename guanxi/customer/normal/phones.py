"""Phone numbers as E.164 (ITU-T), read by the rules of libphonenumber."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, NumberParseException, PhoneMetadata, PhoneNumberFormat

from guanxi.customer.normal.names import plain_text

_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
_WRITTEN_MOBILE = re.compile(r"(?:\+86)?(1(?:[3-689]\d|7[0-8])\d{8})", re.ASCII)  # most of what comes in by the million
_VALID_MOBILE = re.compile(r"1(?:610\d|740[0-5])\d{6}|1(?:[38]\d|4[57]|[59][0-35-9]|6[25-7]|7[0-35-8])\d{8}", re.ASCII)
_SINGLE_ZERO = re.compile(r"0(\|[1-9]\d*)*")
_SEPARATORS = re.compile(r"[\s()./-]+")


def plain_phone(text: str, country: str = "") -> str:
    """The number as E.164, such as +8613823104471; empty when it is none.

    `country` (ISO 3166 alpha-2) reads numbers written without a country code; without it only numbers with a plus
    sign can be read.
    """
    if not any(sign.isdigit() for sign in text):
        return ""
    if (mobile := _WRITTEN_MOBILE.fullmatch(text)) and (text[0] == "+" or country == "CN"):
        return f"+86{mobile[1]}"
    if plain := _dialled_at_home(text, country):
        return plain
    try:
        number = phonenumbers.parse(text if text.isascii() else plain_text(text), country or None)
    except NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def dialled_from(text: str, usual: str, *, is_chinese: bool) -> str:
    """The country that reads a number written without a country code: the usual one, unless only China's rules fit.

    is_chinese: whether what stands beside the number is written in Chinese; then any Chinese number may be meant,
    else only one that looks like a mobile.
    """
    plain = text if text.isascii() else plain_text(text)
    if plain.startswith("+"):
        return usual
    may_be = is_chinese or _CHINESE_MOBILE.fullmatch(_SEPARATORS.sub("", plain))
    if may_be and usual != "CN" and not _is_valid(plain, usual) and _is_valid(plain, "CN"):
        return "CN"
    return usual


def dialled_beside(text: str, country: str, usual: str) -> str:
    """The country that reads a number beside an address in `country`: that one, unless it is written like a Chinese
    mobile and fits there no rule, but those of China or of the usual country; empty when it fits both."""
    digits = _SEPARATORS.sub("", text if text.isascii() else plain_text(text))
    if not _CHINESE_MOBILE.fullmatch(digits) or _is_valid(digits, country):
        return country
    fitting = [each for each in dict.fromkeys((usual, "CN")) if each and _is_valid(digits, each)]
    return country if not fitting else fitting[0] if len(fitting) == 1 else ""


def country_of_phones(texts: Iterable[str], usual: str) -> str:
    """The country whose rules fit most of the numbers, told by those that bear a country code; else the usual one."""
    numbers = list(texts)
    coded = (_country(text) for text in numbers if text.startswith("+"))
    candidates = dict.fromkeys([usual, "CN", *coded])
    return max(candidates, key=lambda country: sum(_is_valid(text, country) for text in numbers))


def _country(text: str) -> str:
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(text)) or ""
    except NumberParseException:
        return ""


class _Plan(NamedTuple):
    """How a country dials itself, where that is so simple that most numbers need no libphonenumber."""

    code: str
    before: re.Pattern[str]  # dialled before the number within the country
    whole: re.Pattern[str]
    lengths: frozenset[int]


@cache
def _plan(country: str) -> _Plan | None:
    """None where numbers are dialled otherwise than with a single 0 before them, and 00 to go abroad."""
    rules = PhoneMetadata.metadata_for_region(country, None) if country else None
    before = (rules and rules.national_prefix_for_parsing) or ""
    if rules is None or rules.international_prefix != "00" or not _SINGLE_ZERO.fullmatch(before):
        return None
    regions = COUNTRY_CODE_TO_REGION_CODE[rules.country_code or 0]
    whole = rules.general_desc and rules.general_desc.national_number_pattern
    if rules.national_prefix_transform_rule or regions[0] != country or not whole:
        return None
    lengths = {length for region in regions for length in _lengths(region)}
    return _Plan(str(rules.country_code), re.compile(before), re.compile(whole), frozenset(lengths))


def _lengths(region: str) -> tuple[int, ...]:
    rules = PhoneMetadata.metadata_for_region(region, None)
    return rules.general_desc.possible_length if rules and rules.general_desc else ()


def _dialled_at_home(text: str, country: str) -> str:
    """E.164 of a number that is plainly one of its country, written with its 0; empty for any other."""
    digits = text.replace(" ", "")
    if digits[:1] != "0" or not (digits.isascii() and digits.isdigit()) or (plan := _plan(country)) is None:
        return ""
    national = digits[1:]
    is_plain = national[:1] != "0" and len(national) in plan.lengths and plan.whole.fullmatch(national)
    return f"+{plan.code}{national}" if is_plain else ""


def _is_valid(text: str, country: str) -> bool:
    if text.isascii() and text.isdigit() and text[0] != "0":
        if country == "CN" and _VALID_MOBILE.fullmatch(text):
            return True
        plan = _plan(country)
        if plan and not text.startswith(plan.code) and not plan.before.match(text) and len(text) not in plan.lengths:
            return False
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, country or None))
    except NumberParseException:
        return False


def written_phone(number: str) -> str:
    """An E.164 number as it is dialled and read: +86 138 2310 4471. Anything else comes back as it is."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return number


def national_number(number: str) -> str:
    """The digits of an E.164 number without its country code; of anything else all digits."""
    if not number.startswith("+"):
        return _digits(number)
    digits = number[1:] if number[1:].isdigit() else _digits(number)
    lengths = (length for length in (1, 2, 3) if int(digits[:length] or 0) in COUNTRY_CODE_TO_REGION_CODE)
    return digits[next(lengths, 0) :]


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
