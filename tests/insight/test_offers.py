"""What is worth offering: methods are tried on held-out weeks, each offer says why, and nobody gets another's."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from django.urls import reverse

from guanxi.customer.merging import merge_parties, undo_merge
from guanxi.customer.models import Party, PrivacyRequest
from guanxi.customer.privacy.subject import subject_of
from guanxi.foundation.accounts.models import User
from guanxi.foundation.catalogue.models import Product
from guanxi.foundation.history import Store
from guanxi.insight.erasing import erase_offers
from guanxi.insight.jobs import regroup_readings
from guanxi.insight.models import Article, ModelCard, Need, Offer
from guanxi.insight.offering import make_offers, run
from guanxi.insight.offering.kinds import alike
from guanxi.insight.offering.publishing import publish
from guanxi.insight.offering.shelf import home
from tests.insight.facts import TODAY, bring_lines, customers, refreshed
from tests.insight.test_refresh import shape
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db(transaction=True)
Sold = tuple[str, int, str]  # customer, days ago, article
NAMES = {
    "TEA": "Green tea", "POT": "Tea pot", "CUP": "Tea cup", "RICE": "Rice", "PAN": "Frying pan", "SPOON": "Wooden spoon",
    "POST": "Postage",
}  # fmt: skip


def sell(history: Store, lines: Sequence[Sold], prices: dict[str, float] | None = None) -> None:
    prices = prices or {}
    rows = [
        {
            "source": "till",
            "external_id": customer,
            "line_key": number,
            "at": datetime.combine(TODAY.date() - timedelta(days=ago), datetime.min.time(), UTC) + timedelta(hours=12),
            "order_id": f"{customer}-{ago}",
            "sku": sku,
            "description": NAMES.get(sku, sku),
            "quantity": 1.0,
            "unit_price": prices.get(sku, 5.0),
            "amount": prices.get(sku, 5.0),
            "currency": "GBP",
            "country": "GB",
            "kind": "sale",
        }
        for number, (customer, ago, sku) in enumerate(lines)
    ]
    history.append("order_lines", "sold", pa.Table.from_pylist(rows))


@pytest.fixture
def shops(alice: User, history: Store) -> dict[str, Party]:
    """Many who come every other week for rice. Tea drinkers buy a pot within two months, and others a pan."""
    shops = customers([f"s{number}" for number in range(240)], owner=alice)
    chance = np.random.default_rng(4)
    lines: list[Sold] = []
    for number, name in enumerate(shops):
        taste = ("TEA", "POT", "CUP") if number % 2 else ("SPOON", "PAN", "WOK")
        start = int(chance.integers(0, 14))
        lines += [(name, ago, "RICE") for ago in range(start, 360, 14)]
        lines += [(name, ago, taste[0]) for ago in range(start + 3, 360, 28)]
        lines += [(name, int(chance.integers(30, 200)), taste[1])]
        if number >= 40:
            lines += [(name, int(chance.integers(1, 300)), taste[2])]
        lines += [(name, start + 7, "POST")]
        lines += [(name, ago, f"TOY{number % 30}") for ago in range(start + 1, 360, 28)]
        lines += [(name, int(chance.integers(1, 300)), f"TOY{toy}") for toy in range(30) if chance.random() < 0.5]
    sell(history, lines, {"CUP": 9.0})
    Product.objects.create(sku="POST", name="Postage", is_service=True)
    refreshed()
    make_offers(at=TODAY)
    return shops


def of(party: Party) -> list[tuple[str, str]]:
    return [(each.kind, each.article.sku) for each in Offer.objects.filter(party=party).order_by("rank", "kind")]


def panel(user: User, party: Party) -> str:
    address = reverse("insight:offers", args=[party.pk])
    return " ".join(logged_in(user).get(address, headers={"HX-Request": "true"}).content.decode().split())


def test_repeat_and_new_are_kept_apart_each_with_its_reason(shops: dict[str, Party], alice: User) -> None:
    tea_drinker = shops["s1"]
    again = [sku for kind, sku in of(tea_drinker) if kind == "repeat"]
    new = [sku for kind, sku in of(tea_drinker) if kind != "repeat"]

    assert (again[0], set(again[1:3])) == ("RICE", {"TEA", "TOY1"})
    assert new[0] == "CUP"
    assert not set(again) & set(new)
    assert "POST" not in again + new, "postage is no article"
    page = panel(alice, tea_drinker)
    assert "usually every 14 days" in page
    assert "of those who bought" in page


def test_an_article_has_one_usual_cycle_on_a_customers_page(shops: dict[str, Party], alice: User) -> None:
    """Due again tells it from the cycle of all buyers, which need not be the mean of the customer's own days between."""
    assert Offer.objects.filter(party=shops["s1"], kind="repeat", article__sku="RICE", every_days=14).exists()
    assert Need.objects.filter(party=shops["s1"], article="RICE").update(usual_days=11) == 1
    due = logged_in(alice).get(reverse("insight:due-of", args=[shops["s1"].pk])).content.decode()

    assert "usually every 11 days; last on" in due
    assert "usually every 11 days; last on" in panel(alice, shops["s1"])
    assert "usually every 14 days; last on" not in panel(alice, shops["s1"])


def test_the_methods_stand_on_cards_beside_what_most_people_buy(shops: dict[str, Party], ann: User) -> None:
    cards = {(each.question, each.model): each for each in ModelCard.objects.filter(holdout__has_key="model")}
    for question in ("repeat_purchase", "new_article"):
        used = next(each for (asked, _), each in cards.items() if asked == question and each.is_used)
        assert not used.is_baseline
        assert (used.figure("recall") or 0) > (used.beside("recall") or 0) > 0

    refreshed(at=TODAY + timedelta(days=1))
    page = logged_in(ann).get(reverse("insight:models")).content.decode()
    assert "What will a customer buy again?" in page, "the week's cards stand until the next making"
    assert "What new article will a customer buy?" in page


def test_a_merge_takes_the_offers_back_and_its_undoing_brings_the_very_same(
    shops: dict[str, Party], alice: User
) -> None:
    before = list(Offer.objects.order_by("pk").values())
    merge = merge_parties(absorbed=shops["s1"], survivor=shops["s2"], by=alice, at=NOW)
    regroup_readings()
    assert not Offer.objects.filter(party__in=[shops["s1"].pk, shops["s2"].pk]).exists()
    assert "Nothing speaks for an article" in panel(alice, shops["s2"])
    assert Offer.objects.filter(party=shops["s3"]).exists()

    undo_merge(merge=merge, by=alice, at=NOW)
    regroup_readings()
    assert list(Offer.objects.order_by("pk").values()) == before

    again = merge_parties(absorbed=shops["s1"], survivor=shops["s2"], by=alice, at=NOW)
    make_offers(at=NOW)
    bought = {sku for _kind, sku in of(shops["s2"])}
    assert {"TEA", "RICE", "SPOON"} <= bought
    undo_merge(merge=again, by=alice, at=NOW)


def test_a_making_that_died_once_its_offers_stood_gives_back_these_after_a_merge(
    shops: dict[str, Party], alice: User, history: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = TODAY + timedelta(days=1)
    bring_lines(history, *((name, 2, 5.0) for name in shops), batch="new", sku="AAA")  # gives others their numbers
    refreshed(at=later)

    def publish_and_die(*given: object) -> None:
        publish(*given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(run, "publish", publish_and_die)
        with pytest.raises(KeyboardInterrupt):
            make_offers(at=later)
    before = of(shops["s1"])
    assert "AAA" in {sku for _kind, sku in before}

    merge = merge_parties(absorbed=shops["s1"], survivor=shops["s2"], by=alice, at=later)
    regroup_readings()
    undo_merge(merge=merge, by=alice, at=later)
    regroup_readings()
    assert of(shops["s1"]) == before

    make_offers(at=later)
    assert len(list(home().iterdir())) == 1, "only what is published keeps its files"


def test_what_the_catalogue_calls_a_service_is_neither_due_nor_offered(shops: dict[str, Party]) -> None:
    assert Offer.objects.filter(article__sku="RICE").exists()
    Product.objects.create(sku="RICE", name="Rice", is_service=True)
    refreshed(at=TODAY + timedelta(days=1))
    make_offers(at=TODAY + timedelta(days=1))

    assert not Need.objects.filter(article="RICE").exists()
    assert not Offer.objects.filter(article__sku="RICE").exists()
    assert Offer.objects.exists()


def test_publishing_leaves_the_tables_as_the_migrations_made_them(history: Store, alice: User) -> None:
    tables = (Article._meta.db_table, Offer._meta.db_table)
    before = [shape(table) for table in tables]
    customers(["acme"], owner=alice)
    sell(history, [("acme", ago, "TEA") for ago in range(1, 60, 7)])
    refreshed()
    make_offers(at=TODAY)

    assert [shape(table) for table in tables] == before
    assert all(before)


def test_an_erased_customer_leaves_no_offers_behind(shops: dict[str, Party], alice: User) -> None:
    subject = subject_of(shops["s1"].pk)
    erase_offers(PrivacyRequest(), subject)
    assert not Offer.objects.filter(party=shops["s1"]).exists()
    assert not home().exists()


def test_only_who_may_see_the_customer_sees_the_offers(shops: dict[str, Party], mallory: User, alice: User) -> None:
    address = reverse("insight:offers", args=[shops["s1"].pk])
    assert logged_in(mallory).get(address).status_code == 404
    assert logged_in(alice).get(address).status_code == 200


def test_without_history_to_try_a_method_on_nothing_is_offered(history: Store, alice: User) -> None:
    acme = customers(["acme"], owner=alice)["acme"]
    assert "once a week" in panel(alice, acme)
    assert make_offers(at=TODAY) is None, "nothing has been computed yet"
    sell(history, [("acme", ago, "TEA") for ago in range(1, 60, 7)])
    refreshed()
    make_offers(at=TODAY)
    assert not Offer.objects.exists()
    assert "too short" in panel(alice, acme)


@pytest.mark.parametrize(
    ("names", "is_alike"),
    [
        (("SMALL CERAMIC JAR", "LARGE CERAMIC JAR"), True),
        (("SMALL CERAMIC JAR", "RED LUNCH BAG"), False),
        (("龙井绿茶小罐", "龙井绿茶大罐"), True),
        (("龙井绿茶小罐", "陶瓷茶杯"), False),
        (("12", "34"), False),
    ],
)
def test_articles_are_of_one_kind_when_most_words_are_the_same(names: tuple[str, str], is_alike: bool) -> None:
    assert alike(list(names), np.array([0]), np.array([1])).tolist() == [is_alike]
