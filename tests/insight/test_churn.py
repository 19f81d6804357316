"""The chance to stay away: told where it can be told better than by silence, and left out where it cannot."""

import random

import pytest
from django.urls import reverse

from guanxi.customer.models import Reading
from guanxi.foundation.accounts.models import User
from guanxi.foundation.history import Store
from guanxi.insight.models import ModelCard
from guanxi.insight.templatetags.insight import chance
from tests.insight.facts import Line, bring_lines, customers, refreshed
from tests.world import logged_in

pytestmark = pytest.mark.django_db
SPAN = 360  # days of history: a horizon of 100, and three of them


def ending(dice: random.Random, name: str, *, gap: float, until: int) -> list[Line]:
    """Buys every `gap` days by chance, since the beginning of the history until so many days ago."""
    days, ago = [], SPAN - dice.random() * 30
    while ago >= until:
        days.append((name, int(ago), 100.0))
        ago -= max(1.0, dice.gauss(gap, gap / 6))
    return days


@pytest.fixture
def telling(history: Store) -> None:
    """Regular customers, quick and slow, of whom many stop: a silence speaks only beside the own cycle."""
    dice = random.Random(7)
    lines: list[Line] = []
    names = [f"c{number}" for number in range(300)]
    for number, name in enumerate(names):
        until = dice.randrange(0, 320) if number % 2 else 0
        lines += ending(dice, name, gap=(8.0, 45.0)[number % 4 // 2], until=until)
    customers([*names, "nobody"])
    bring_lines(history, *lines, ("c0", SPAN, 100.0))
    refreshed()


def test_who_broke_a_quick_rhythm_is_likelier_to_stay_away_than_who_keeps_one(telling: None) -> None:
    told = {each.party.name: each for each in Reading.objects.select_related("party")}
    chances = {name: each.churn for name, each in told.items() if each.churn is not None}

    assert ModelCard.objects.get(question="churn", is_used=True).model == "churn_model"
    assert set(chances) == {name for name, each in told.items() if each.purchase_days}
    assert all(0 <= chance <= 1 for chance in chances.values())
    keeps, stopped = ([chances[f"c{n}"] for n in range(300) if n % 2 == left] for left in (0, 1))
    assert sum(keeps) / len(keeps) < 0.3
    assert sum(stopped) / len(stopped) > 0.6


def test_the_card_stands_beside_the_silence_and_says_on_what_it_was_tried(telling: None, ann: User) -> None:
    card = ModelCard.objects.get(question="churn", model="churn_model")
    page = " ".join(logged_in(ann).get(reverse("insight:model", args=[card.pk])).content.decode().split())

    silence = ModelCard.objects.get(question="churn", model="silence")
    assert (card.figure("auc") or 0) > (silence.figure("auc") or 1) > 0.5
    assert card.figure("came") == pytest.approx(card.sample["share"])
    assert 0 < (card.figure("told") or 0) < 1
    assert sum(tenth["customers"] for tenth in card.holdout["bins"]) == card.sample["customers"]
    assert (card.figure("auc_low") or 1) < (card.figure("auc") or 0) < (card.figure("auc_high") or 0)
    assert all(tenth["low"] <= tenth["actual"] <= tenth["high"] for tenth in card.holdout["bins"])
    assert "Learnt from who came back within 100 days" in page
    assert "stayed away." in page


def test_the_customer_page_says_what_speaks_for_the_chance(telling: None, ann: User) -> None:
    likely = Reading.objects.exclude(churn=None).order_by("-churn")[0]
    page = logged_in(ann).get(reverse("insight:outlook", args=[likely.party_id])).content.decode()

    assert chance(likely.churn or 0) in page
    assert "the mean gap between purchases, in days, is" in page
    assert "makes the odds to stay away" in page


def test_the_outlook_of_a_stranger_does_not_exist(telling: None, alice: User, mallory: User) -> None:
    own = Reading.objects.exclude(churn=None)[0].party
    type(own).objects.filter(pk=own.pk).update(owner=alice, team=alice.team)
    page = reverse("insight:outlook", args=[own.pk])

    assert logged_in(alice).get(page).status_code == 200
    assert logged_in(mallory).get(page).status_code == 404


def test_where_chance_decides_no_chance_is_shown(history: Store, ann: User) -> None:
    dice = random.Random(3)
    names = [f"c{number}" for number in range(200)]
    customers(names)
    bought = [(name, ago, 100.0) for name in names for ago in range(SPAN) if dice.random() < 1 / 90]
    bring_lines(history, *bought, ("c0", SPAN, 100.0))
    refreshed()

    assert not Reading.objects.exclude(churn=None).exists()
    assert not ModelCard.objects.filter(question="churn", model="churn_model", is_used=True).exists()
    page = logged_in(ann).get(reverse("insight:models")).content.decode()
    assert "o chance to stay away is shown" in page


def test_customers_are_asked_for_and_sorted_by_their_chance_to_stay_away(telling: None, ann: User) -> None:
    page = logged_in(ann).get(reverse("customer:customers"), {"where": "churn:at_least:60", "sort": "-churn"})

    likely = Reading.objects.filter(churn__gte=0.6).order_by("-churn", "-pk").select_related("party")
    shown = page.content.decode()
    assert likely.exists()
    assert likely[0].party.name in shown
    assert "60%" in shown
    assert Reading.objects.filter(churn__lt=0.6).order_by("churn")[0].party.name + "<" not in shown
