"""What people write in a custom field is read into one value, or refused with a sentence."""

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from guanxi.customer.fields import ABSENT, as_text, read_value, shown_value
from guanxi.customer.models import CustomField
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known

Kind = CustomField.Kind


def of(kind: str, **more: object) -> CustomField:
    return CustomField(key="f", label="Credit", kind=kind, **more)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.TEXT, "  Tea　House ", "Tea House"),
        (Kind.NUMBER, "1,234.50", 1234.5),
        (Kind.NUMBER, "-12", -12),
        (Kind.NUMBER, "１２", 12),
        (Kind.MONEY, "¥1,200", 1200),
        (Kind.MONEY, "12.30 GBP", 12.3),
        (Kind.MONEY, "-£5", -5),
        (Kind.DATE, "2026-3-1", "2026-03-01"),
        (Kind.DATE, "2026年3月1日", "2026-03-01"),
        (Kind.DATE, "20260301", "2026-03-01"),
        (Kind.DATE, "2026-03-01 00:00:00", "2026-03-01"),
        (Kind.YES_NO, "是", True),
        (Kind.YES_NO, "NO", False),
    ],
)
def test_one_value_for_the_ways_people_write_it(kind: str, text: str, value: object) -> None:
    found = read_value(of(kind), text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.NUMBER, "a dozen"),
        (Kind.NUMBER, "1,5"),
        (Kind.NUMBER, "nan"),
        (Kind.NUMBER, "1e400"),
        (Kind.MONEY, "much"),
        (Kind.DATE, "1/3/2026"),
        (Kind.DATE, "2026-02-30"),
        (Kind.YES_NO, "perhaps"),
        (Kind.CHOICE, "Purple"),
        (Kind.TEXT, "x" * 501),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_fields_name_and_nothing_changed(kind: str, text: str) -> None:
    with pytest.raises(UserError, match="Credit") as refused:
        read_value(of(kind, choices=[["red", "Red"]]), text)
    assert "Nothing was changed" in str(refused.value)


def test_a_choice_is_read_by_its_word_or_its_key_and_shown_by_its_word() -> None:
    field = of(Kind.CHOICE, choices=[["gold", "Gold member"]])
    assert read_value(field, "gold MEMBER") == read_value(field, "GOLD") == "gold"
    assert shown_value(field, "gold") == "Gold member"
    assert shown_value(field, "no longer offered") == "no longer offered"


def test_another_customer_is_read_by_number_and_must_exist(db: None) -> None:
    other = known("C-1")
    assert read_value(of(Kind.RELATION), f"#{other.pk}") == other.pk
    with pytest.raises(UserError, match="names no customer"):
        read_value(of(Kind.RELATION), str(other.pk + 1))


def test_an_empty_text_says_that_there_is_nothing() -> None:
    assert {read_value(of(kind), "  ") for kind in Kind} == {ABSENT}
    assert {shown_value(of(kind), ABSENT) for kind in Kind} == {""}


@given(st.one_of(st.integers(-(10**15) + 1, 10**15 - 1), st.floats(-1e14, 1e14)))
def test_a_kept_number_is_read_again_as_it_was(number: float) -> None:
    assert read_value(of(Kind.NUMBER), as_text(number)) == pytest.approx(number, rel=1e-14)


@given(st.dates())
def test_a_kept_date_is_read_again_as_it_was(day: date) -> None:
    assert read_value(of(Kind.DATE), as_text(day.isoformat())) == day.isoformat()


@given(st.booleans())
def test_a_kept_answer_is_read_again_in_every_language(answer: bool) -> None:
    for language in ("en", "zh-hans"):
        with override(language):
            assert read_value(of(Kind.YES_NO), as_text(answer)) is answer
            assert read_value(of(Kind.YES_NO), shown_value(of(Kind.YES_NO), answer)) is answer
