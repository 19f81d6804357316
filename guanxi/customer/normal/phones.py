"""Phone numbers as E.164 (ITU-T), read by the rules of libphonenumber."""

import re
from collections.abc import Iterable

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, NumberParseException, PhoneNumberFormat

from guanxi.customer.normal.names import plain_text

_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
_WRITTEN_MOBILE = re.compile(r"(?:\+86)?(1(?:[3-689]\d|7[0-8])\d{8})", re.ASCII)  # most of what comes in by the million
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


def _is_valid(text: str, country: str) -> bool:
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
    digits = "".join(sign for sign in number if sign.isdigit())
    if not number.startswith("+"):
        return digits
    lengths = (length for length in (1, 2, 3) if int(digits[:length] or 0) in COUNTRY_CODE_TO_REGION_CODE)
    return digits[next(lengths, 0) :]
