"""Readers see numbers, money and dates as they write them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from guanxi.foundation.ui import formats

MOMENT = datetime(2025, 11, 20, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["£1,234.56", "£1,235", "541,909", "18.2%", "20 Nov 2025"]),
        ("zh-hans", ["£1,234.56", "£1,235", "541,909", "18.2%", "2025年11月20日"]),
    ],
)
def test_each_language_has_its_own_way_of_writing(language: str, written: list[str]) -> None:
    amount = Decimal("1234.56")
    with translation.override(language):
        seen = [formats.money(amount, "GBP"), formats.money(amount, "GBP", whole=True), formats.number(541_909)]
        assert [*seen, formats.percent(0.182, 1), formats.day(MOMENT)] == written


def test_yen_have_no_pence() -> None:
    with translation.override("zh-hans"):
        assert formats.money(1234, "JPY") == "JP¥1,234"


def test_a_loss_carries_a_true_minus_before_the_currency() -> None:
    with translation.override("en"):
        assert formats.money(-3300, "GBP", whole=True) == "−\N{WORD JOINER}£3,300"
        assert formats.money(-0.3, "GBP", whole=True) == "£0"


@pytest.mark.parametrize(
    ("low", "high", "written"), [(39_400, 58_100, "39,400–58,100"), (-200, 6_000, "−200 to 6,000")]
)
def test_an_interval_below_nil_is_written_with_a_word(low: float, high: float, written: str) -> None:
    with translation.override("en"):
        assert formats.interval(low, high) == written


def test_a_day_is_the_day_in_the_readers_zone() -> None:
    with translation.override("en"), timezone.override(ZoneInfo("Asia/Shanghai")):
        assert formats.day(MOMENT) == "21 Nov 2025"
        assert formats.clock(MOMENT) == "06:30"
        assert formats.moment(MOMENT) == "21 Nov 2025, 06:30"


@pytest.mark.parametrize(("language", "written"), [("en", "3 days ago"), ("zh-hans", "3天前")])
def test_how_long_ago_is_said_in_words(language: str, written: str) -> None:
    with translation.override(language):
        assert formats.ago(MOMENT - timedelta(days=3), MOMENT) == written
        assert formats.ago((MOMENT - timedelta(days=3)).date(), MOMENT) == written


def test_rounding_goes_by_what_was_meant_not_by_binary_fractions() -> None:
    with translation.override("en"):
        assert formats.number(1.005, 2) == formats.number(Decimal("1.005"), 2)


@pytest.mark.parametrize(("days", "written"), [(0, "today"), (-1, "yesterday"), (1, "tomorrow"), (-2, "2 days ago")])
def test_the_nearest_days_have_names(days: int, written: str) -> None:
    with translation.override("en"):
        assert formats.ago(MOMENT.date() + timedelta(days=days), MOMENT) == written
