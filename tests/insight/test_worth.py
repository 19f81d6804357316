"""Profit, lifetime value and what waking the lapsed would add: told where the company and the models allow it."""

import random
import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from guanxi.customer.models import Reading
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.foundation.history import Store
from guanxi.insight.models import ModelCard, Refresh, RefreshStep
from guanxi.insight.queries.loyalty import loyalty_axes
from guanxi.insight.refresh import refresh
from guanxi.insight.refresh.progress import Progress
from tests.insight.facts import TODAY, Line, bring_lines, customers, refreshed
from tests.world import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
SPAN = 360


def tell(**terms: float) -> None:
    Company.objects.update(**terms)


@pytest.fixture
def leaving(history: Store) -> None:
    """Customers who buy by chance and leave by chance, as the models think of them, each of their own size."""
    dice = random.Random(5)
    lines: list[Line] = [("c0", SPAN, 100.0)]
    names = [f"c{number}" for number in range(400)]
    for name in names:
        ago, rate, size = SPAN - dice.random() * 100, dice.gammavariate(2.0, 0.03), dice.gammavariate(4.0, 25.0)
        while ago >= 0:
            lines.append((name, int(ago), round(size * dice.gammavariate(5.0, 0.2) + 1, 2)))
            ago -= max(1.0, dice.expovariate(rate))
            if dice.random() < 0.25:
                break
    customers(names)
    bring_lines(history, *lines)


def step_facts(name: str) -> dict[str, Any]:
    return dict(RefreshStep.objects.get(refresh=Refresh.objects.latest("pk"), name=name).facts)


class PowerCutError(BaseException):
    """Ends the process without a chance to clear up."""


def cut(before: str) -> None:
    """A refresh that ends when this step would begin."""

    def begin(told: Progress) -> None:
        if told.step == before:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        refresh(as_of=TODAY, at=TODAY, by=None, progress=begin)


def rows() -> list[dict[str, Any]]:
    return [dict(each) for each in Reading.objects.filter(purchase_days__gt=0).values()]


def overview(user: User) -> str:
    return " ".join(logged_in(user).get(reverse("insight:overview")).content.decode().split())


def test_without_a_margin_only_revenue_is_spoken_of(leaving: None, ann: User, ada: User) -> None:
    refreshed()

    assert not Reading.objects.exclude(profit=None, lifetime=None).exists()
    assert "All customers together are expected to buy for" in overview(ann)
    assert "has not told its gross margin" in overview(ann)
    assert "profit of" not in overview(ann)


def test_profit_is_the_margin_of_the_expected_value_less_what_orders_cost(leaving: None, ann: User) -> None:
    tell(margin=0.4, order_cost=30.0)
    refreshed()

    some = rows()
    for each in some:
        assert each["profit"] == pytest.approx(0.4 * each["expected_value"] - 30.0 * each["expected_orders"])
        assert each["profit_low"] <= each["profit"] <= each["profit_high"]
    losing = sum(each["profit"] <= -0.01 for each in some)
    assert losing
    assert f"{losing} customers are expected to cost more than they bring" in overview(ann)
    assert "profit" in overview(ann)


def test_the_loss_makers_counted_are_those_that_the_link_lists(history: Store, ann: User) -> None:
    """Who is expected to bring nothing costs nothing, and is no loss-maker."""
    tell(margin=0.4, order_cost=10.0)
    regular, once, losing = ([f"{kind}{number}" for number in range(30)] for kind in ("regular", "once", "losing"))
    customers(regular + once + losing)
    amounts = dict.fromkeys(regular, 50.0) | dict.fromkeys(losing, 10.0)
    bought = [(name, ago, amounts[name]) for name in amounts for ago in range(5, SPAN + 1, 10 + int(name[-1]))]
    bring_lines(history, *bought, *((name, 300, 50.0) for name in once))
    refreshed()

    assert Reading.objects.filter(profit=0).count() == 30
    found = re.search(r'href="([^"]*)">30 customers are expected to cost more', overview(ann))
    assert found
    listed = logged_in(ann).get(unescape(found[1])).content.decode()
    assert "losing1" in listed
    assert "once1" not in listed


def test_orders_that_do_not_come_cost_nothing(leaving: None) -> None:
    """The low end of profit is that of sales, with as many orders as such sales need."""
    tell(margin=0.4, order_cost=10.0)
    refreshed()

    known = rows()
    quiet = [each for each in known if each["expected_value_low"] == 0 and each["profit"] > 0]
    assert quiet
    assert all(each["profit_low"] == pytest.approx(0) for each in quiet)


def test_an_order_that_costs_more_than_it_brings_turns_the_bounds_around(leaving: None) -> None:
    tell(margin=0.1, order_cost=200.0)
    refreshed()

    losing = [each for each in rows() if each["profit"] < -1]
    assert losing
    assert all(each["profit_low"] <= each["profit"] <= each["profit_high"] <= 1e-9 for each in losing)
    total = step_facts("worth")["profit"]
    assert total["low"] < total["expected"] < total["high"] < 0


def test_lifetimes_of_loss_makers_lie_between_their_bounds_and_so_does_the_sum(leaving: None) -> None:
    tell(margin=0.4, order_cost=60.0, discount=0.1)
    refreshed()

    losing = [each for each in rows() if each["lifetime"] < -40]  # the others hardly come again: most futures are nil
    wide = [each for each in losing if each["lifetime_low"] < each["lifetime"] < each["lifetime_high"]]
    assert len(losing) > 10
    assert len(wide) == len(losing)
    equity = step_facts("worth")["equity"]
    assert equity["low"] < equity["expected"] < equity["high"]
    assert equity["high"] - equity["low"] < sum(each["lifetime_high"] - each["lifetime_low"] for each in rows()) / 2


def test_a_refresh_reckons_by_the_terms_it_began_with(leaving: None) -> None:
    """Cut after the profit was reckoned, resumed under another margin: one margin in one publication."""
    tell(margin=0.4)
    cut("scores")
    tell(margin=0.8)
    refreshed()

    assert all(each["profit"] == pytest.approx(0.4 * each["expected_value"]) for each in rows())
    assert loyalty_axes().margin == 0.4


def test_a_model_that_won_values_five_years_in_todays_money(leaving: None, ann: User) -> None:
    tell(margin=0.4, discount=0.1)
    refreshed()

    assert not ModelCard.objects.get(question="expected_orders", is_used=True).is_baseline
    known = rows()
    for each in known:
        assert each["lifetime_low"] <= each["lifetime"] <= each["lifetime_high"]
    assert sum(each["lifetime"] for each in known) > sum(each["profit"] for each in known)
    assert "The customers of today are worth" in overview(ann)

    tell(discount=0.5)
    refreshed()
    dearer = {each["party_id"]: each["lifetime"] for each in rows()}
    assert all(dearer[each["party_id"]] <= each["lifetime"] for each in known)


def test_what_waking_would_add_is_told_of_the_lapsed_alone(leaving: None, ann: User) -> None:
    tell(margin=0.4, contact_cost=2.0)
    refreshed()

    asleep = Reading.objects.exclude(at_stake=None).order_by("-at_stake")
    assert 0 < len(asleep) < Reading.objects.count()
    assert not asleep.filter(at_stake__lt=0).exists()
    page = logged_in(ann).get(reverse("insight:outlook", args=[asleep[0].party_id])).content.decode()
    assert "At stake, if woken" in page
    assert "it pays if one in" in page
    assert "have probably fallen asleep" in overview(ann)


def test_where_the_plain_forecast_wins_there_is_no_lifetime_value_and_the_page_says_so(
    history: Store, ann: User
) -> None:
    tell(margin=0.4, discount=0.1)
    names = [f"c{number}" for number in range(60)]
    customers(names)
    lines = [(name, ago, 50.0) for place, name in enumerate(names) for ago in range(0, SPAN + 1, 10 + place)]
    bring_lines(history, *lines)
    refreshed()

    assert ModelCard.objects.get(question="expected_orders", is_used=True).is_baseline
    assert not Reading.objects.exclude(lifetime=None).exists()
    assert "No lifetime value is given" in overview(ann)
