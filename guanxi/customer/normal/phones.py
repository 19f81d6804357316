"""Phone numbers as E.164 (ITU-T), read by the rules of libphonenumber."""

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, NumberParseException, PhoneNumberFormat

from guanxi.customer.normal.names import plain_text


def plain_phone(text: str, country: str = "") -> str:
    """The number as E.164, such as +8613823104471; empty when it is none.

    `country` (ISO 3166 alpha-2) reads numbers written without a country code; without it only numbers with a plus
    sign can be read.
    """
    if not any(sign.isdigit() for sign in text):
        return ""
    try:
        number = phonenumbers.parse(text if text.isascii() else plain_text(text), country or None)
    except NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


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
