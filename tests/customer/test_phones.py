"""The short way to read a plain number gives what libphonenumber gives."""

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import NumberParseException, PhoneNumberFormat

from guanxi.customer.normal.phones import dialled_from, plain_phone

COUNTRIES = ["GB", "GG", "DE", "FR", "IE", "NL", "IN", "IT", "NZ", "US", "CN", "RU", ""]
NUMBERS = st.one_of(
    st.from_regex(r"\A0?[0-9]{3,12}\Z"),
    st.from_regex(r"\A0[1-9][0-9]{1,3} [0-9]{3} [0-9]{2,5}\Z"),
    st.from_regex(r"\A1[3-9][0-9]{9}\Z"),
    st.from_regex(r"\A(0|00|\+)?(44|49|86|180020)[0-9]{6,12}\Z"),
)


def by_the_library(text: str, country: str) -> str:
    try:
        number = phonenumbers.parse(text, country or None)
    except NumberParseException:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if phonenumbers.is_possible_number(number) else ""


def is_valid(text: str, country: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, country or None))
    except NumberParseException:
        return False


@pytest.mark.parametrize("country", COUNTRIES)
@given(text=NUMBERS)
@example(text="020 7946 0000")
@example(text="0049301234567")
@example(text="049301234567")
@settings(max_examples=300, deadline=None)
def test_a_number_is_read_as_the_library_reads_it(country: str, text: str) -> None:
    assert plain_phone(text, country) == by_the_library(text, country)


@pytest.mark.parametrize("usual", COUNTRIES)
@given(text=NUMBERS)
@settings(max_examples=300, deadline=None)
def test_a_number_is_taken_for_a_chinese_one_where_only_chinas_rules_fit(usual: str, text: str) -> None:
    fits_only_there = usual != "CN" and not is_valid(text, usual) and is_valid(text, "CN")
    expected = "CN" if fits_only_there and not text.startswith("+") else usual
    assert dialled_from(text, usual, is_chinese=True) == expected
