"""The matrices of loyalty: who stands in which cell, by which cuts, and whether they last."""

from datetime import timedelta

import pytest

from guanxi.customer.models import Reading
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.foundation.history import Store
from tests.insight.facts import TODAY, bring_lines, customers, every, refreshed
from tests.world import logged_in

pytestmark = pytest.mark.django_db(transaction=True)
FOUR = ("friend", "butterfly", "barnacle", "stranger")


def bring_four(history: Store) -> None:
    """Much and long, much and short, little and long, little and short; and one who left two years ago."""
    customers([*FOUR, "gone"])
    bring_lines(
        history,
        *every(60, times=12, start=10, customer="friend", amount=300.0),
        *every(20, times=3, start=10, customer="butterfly", amount=900.0),
        *every(60, times=12, start=10, customer="barnacle", amount=5.0),
        *every(20, times=3, start=10, customer="stranger", amount=5.0),
        *every(20, times=3, start=700, customer="gone", amount=999.0),
    )


def readings(name: str) -> dict[str, str]:
    return dict(Reading.objects.values_list("party__name", name))


def test_customers_of_the_year_stand_by_profit_and_duration(history: Store) -> None:
    bring_four(history)
    facts = refreshed().steps.get(name="scores").facts["loyalty"]

    assert readings("loyalty") == {
        "friend": "true_friend", "butterfly": "butterfly", "barnacle": "barnacle", "stranger": "stranger", "gone": "",
    }  # fmt: skip
    profit, duration = facts["cuts"]
    assert 35 < profit < 1800
    assert (40 < duration < 660, duration % 30) == (True, 0)
    assert facts["cells"]["butterfly"] == {"customers": 1, "money": 2700.0}


def test_with_a_margin_profit_takes_the_place_of_revenue(history: Store, ada: User) -> None:
    bring_four(history)
    refreshed()
    assert "It stands for profit until" in logged_in(ada).get("/insight/loyalty/").content.decode()

    Company.objects.update(margin=0.5, order_cost=400.0)  # who comes often for little costs most
    refreshed(at=TODAY + timedelta(days=1))
    assert readings("loyalty")["friend"] == "barnacle"
    assert readings("loyalty")["butterfly"] == "butterfly"
    assert "Profit: 50% of the sales" in logged_in(ada).get("/insight/loyalty/").content.decode()


def test_growth_parts_new_customers_and_new_articles(history: Store) -> None:
    customers(["old", "wider", "new", "newest"])
    bring_lines(history, *every(30, times=10, start=5, customer="old"), ("wider", 300, 10.0), ("new", 20, 10.0))
    bring_lines(history, ("wider", 10, 60.0), ("newest", 10, 10.0), batch="P2", sku="P2")
    bring_lines(history, ("wider", 10, 40.0), batch="more")
    facts = refreshed().steps.get(name="scores").facts["growth"]

    assert readings("growth") == {
        "old": "penetration", "wider": "extension", "new": "acquisition", "newest": "diversification",
    }  # fmt: skip
    assert facts["cells"]["extension"] == {"customers": 1, "money": 100.0}


def test_nothing_is_new_or_known_before_half_a_year_of_history(history: Store) -> None:
    customers(["acme"])
    bring_lines(history, *every(30, times=5, start=5))
    refreshed()
    assert readings("growth") == {"acme": ""}


def test_who_stayed_is_told_from_a_quarter_ago_by_todays_cuts(history: Store) -> None:
    bring_four(history)
    moved = refreshed().steps.get(name="stability").facts
    assert moved["loyalty"]["moves"][0] == [1, 0, 0, 0]  # the true friend was one
    assert moved["loyalty"]["came"] == 2  # butterfly and stranger had not bought yet
    assert moved["loyalty"]["stayed"] == 1.0

    later = refreshed(at=TODAY + timedelta(days=400)).steps.get(name="stability").facts
    assert "loyalty" not in later  # nobody bought in the last year: there is nobody to have stayed


def test_the_first_days_of_a_company_have_no_matrices(history: Store) -> None:
    customers(["acme"])
    run = refreshed()
    assert run.steps.get(name="scores").facts["loyalty"]["cells"]["true_friend"] == {"customers": 0, "money": 0}
    assert run.steps.get(name="stability").facts == {"days": 90}


def test_the_page_shows_cells_cuts_policies_and_leads_to_their_customers(history: Store, ada: User) -> None:
    bring_four(history)
    refreshed()
    client = logged_in(ada)
    page = client.get("/insight/loyalty/").content.decode()

    assert "One true friend, 25% of the year" in page
    assert "stop courting them" in page
    assert "in touch at least every 21 days" in page
    assert "stand where they stood" in page
    cell = client.get("/customers/?where=loyalty:in:butterfly").content.decode()
    assert "butterfly</a>" in cell
    assert "stranger</a>" not in cell


def test_without_purchases_the_page_says_what_it_waits_for(ada: User, mallory: User) -> None:
    assert "counted at the next refresh" in logged_in(ada).get("/insight/loyalty/").content.decode()
    assert logged_in(mallory).get("/insight/loyalty/").status_code == 404
