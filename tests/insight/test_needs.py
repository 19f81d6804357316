"""What customers are due to buy again: whose cycle it is, what is published, and who sees it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from django.urls import reverse

from guanxi.analytical.basket import category_gaps
from guanxi.analytical.lifecycle import GapMethod, PastGaps, next_gaps
from guanxi.analytical.scoring import evaluate
from guanxi.customer.filters import customers_meeting, read_conditions
from guanxi.customer.models import Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.catalogue.models import Product
from guanxi.foundation.history import Store
from guanxi.insight.engines import Embedded
from guanxi.insight.models import ModelCard, Need
from guanxi.insight.refresh.folder import Folder
from guanxi.insight.refresh.gaps import gaps
from guanxi.insight.scores.needs import SOON, as_it_stood, due_again, tried, unseen_chances
from tests.insight.facts import TODAY, about_every, bring_lines, customers, day, every, refreshed
from tests.world import logged_in

pytestmark = pytest.mark.django_db
PAGE = reverse("insight:due")
AS_OF = date(2025, 6, 1)


def purchases(seed: int = 3) -> pa.Table:
    """Lines of ten customers and three articles on random days, some days twice."""
    random = np.random.default_rng(seed)
    days = [AS_OF - timedelta(int(ago)) for ago in random.integers(0, 200, 400)]
    return pa.table(
        {
            "party": random.integers(1, 11, 400),
            "article": pa.array([f"P{number}" for number in random.integers(0, 3, 400)]),
            "day": days,
        }
    )


@pytest.fixture
def piece(tmp_path: Path) -> Iterator[Any]:
    with Embedded().piece(tmp_path, "UTC") as piece:
        yield piece


def test_the_sums_are_those_of_the_engine(piece: Any) -> None:
    bought = piece.rows(purchases())
    lines = bought.select(
        "party",
        category=bought.article,
        at=bought.day.cast("timestamp"),
        amount=1.0,
        order_id=bought.day.cast("string"),
    )
    theirs = {(row["party"], row["category"]): row for row in category_gaps(lines, AS_OF).to_pyarrow().to_pylist()}

    ours = gaps(bought).to_pyarrow().to_pylist()

    assert {(row["party"], row["article"]) for row in ours} == {key for key, row in theirs.items() if row["count"] >= 2}
    for row in ours:
        their = theirs[(row["party"], row["article"])]
        assert (AS_OF - row["last_on"]).days == their["elapsed"]
        for name in ("count", "total", "log_total", "log_squares", "last"):
            assert row[name] == pytest.approx(their[name])


def test_the_past_is_found_again_by_taking_one_purchase_back(piece: Any) -> None:
    bought = piece.rows(purchases())
    cut = AS_OF - timedelta(SOON)
    now, then = (gaps(bought.filter(bought.day <= until)).to_pyarrow() for until in (AS_OF, cut))
    elapsed = pa.array([float((AS_OF - each).days) for each in now["last_on"].to_pylist()])

    found, since = as_it_stood(now.append_column("elapsed", elapsed))

    known = {(row["party"], row["article"]): row for row in then.to_pylist()}
    assert len(found) > 10
    assert 0 < since.sum() < len(since)
    for row in found.to_pylist():
        truth = known[(row["party"], row["article"])]
        assert row["count"] == truth["count"]
        assert row["elapsed"] == (cut - truth["last_on"]).days
        assert [row["total"], row["log_total"], row["log_squares"]] == pytest.approx(
            [truth["total"], truth["log_total"], truth["log_squares"]]
        )


def cycles(spread: float, *, seed: int = 5, many: int = 3000) -> pa.Table:
    """Customers who buy one article each, every 8 to 60 days, the logarithm of the gap varying by `spread`."""
    random = np.random.default_rng(seed)
    usual, times = random.uniform(8, 60, many), random.integers(3, 30, many)
    rows: list[dict[str, Any]] = []
    for party, (each, number) in enumerate(zip(usual, times, strict=True)):
        found = np.maximum(1, np.round(each * np.exp(random.normal(0, spread, number))))
        logs = np.log(found)
        rows.append(
            {
                "party": party,
                "article": "P1",
                "count": float(number),
                "total": float(found.sum()),
                "log_total": float(logs.sum()),
                "log_squares": float((logs**2).sum()),
                "last": float(found[-1]),
                "elapsed": float(random.integers(0, int(each) + 1)),
            }
        )
    table = pa.Table.from_pylist(rows)
    return table.set_column(1, "article", table["article"].dictionary_encode())


def test_the_cycle_orders_the_list_where_it_finds_more_than_the_plain_count(piece: Any) -> None:
    trial = tried(cycles(0.2), GapMethod.LOG_NORMAL)

    assert trial is not None
    assert trial.best == "cycle_chance"
    found = trial.judged["cycle_chance"]
    assert found.lift > trial.judged["bought_days"].lift
    assert all(abs(tenth.predicted - tenth.observed) < 0.1 for tenth in found.curve)  # what it says comes true


def test_who_buys_every_day_until_a_pause_is_no_riddle(piece: Any) -> None:
    days = [AS_OF - timedelta(ago) for ago in (0, 19, 20, 21, 22)]
    now = gaps(piece.rows(pa.table({"party": [1] * 5, "article": ["P1"] * 5, "day": days}))).to_pyarrow()
    now = now.set_column(1, "article", now["article"].dictionary_encode()).append_column("elapsed", pa.array([0.0]))

    then, bought = as_it_stood(now)

    assert bought.tolist() == [True]
    assert due_again(then, GapMethod.LOG_NORMAL).typical[0] < 2


def test_what_tells_nothing_is_no_better_than_the_base_rate_on_cases_not_seen() -> None:
    random = np.random.default_rng(5)
    better = 0
    for _each in range(40):
        score, happened = random.normal(size=80), (random.random(80) < 0.4).astype(float)
        told = evaluate(unseen_chances(score, happened), happened)
        better += told.brier < np.mean((happened - happened.mean()) ** 2)
    assert better < 20  # fitted to the cases themselves, nearly every one looks better


def test_a_trial_of_many_cycles_takes_some_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guanxi.insight.scores.needs.MOST", 1000)

    trial = tried(cycles(0.2), GapMethod.LOG_NORMAL)

    assert trial is not None
    assert 100 < trial.cases <= 1000


def test_nothing_is_said_of_cases_when_too_few_came_true() -> None:
    assert tried(cycles(0.2, many=30), GapMethod.LOG_NORMAL) is None


@pytest.fixture
def shop(alice: User, history: Store) -> dict[str, Party]:
    """Alice's acme bought lanterns every 30 days, 20 days ago the last time, and thirty others buy more or less so."""
    found = customers(["acme"], owner=alice) | customers(["old", "far", "twice", *(f"c{n}" for n in range(30))])
    Product.objects.create(sku="P1", name="Lantern")
    Product.objects.create(sku="POST", name="Postage", is_service=True)
    others = [about_every(20 + n, times=8, start=10 + n, customer=f"c{n}") for n in range(30)]
    bring_lines(history, *every(30, times=6, start=20), *(line for lines in others for line in lines))
    bring_lines(history, *every(30, times=6, start=20), batch="post", sku="POST")
    bring_lines(
        history,
        *every(10, times=6, start=200, customer="old"),
        *every(150, times=3, start=1, customer="far"),
        *every(30, times=2, start=20, customer="twice"),
        batch="others",
    )
    refreshed()
    return found


def test_a_need_is_due_when_the_customers_own_cycle_comes_round(shop: dict[str, Party]) -> None:
    need = Need.objects.get(party=shop["acme"])  # postage is nobody's need

    assert (need.article, need.purchases, need.last_on) == ("P1", 6, day(20))
    assert 24 <= need.usual_days <= 34
    assert need.low_on < need.due_on < need.high_on
    assert need.due_on == need.last_on + timedelta(round(need.usual_days))


def test_nothing_is_due_of_who_stopped_has_no_cycle_or_is_far_from_the_day(shop: dict[str, Party]) -> None:
    for name in ("old", "far", "twice"):
        assert not Need.objects.filter(party=shop[name]).exists(), name


def test_a_customer_has_five_needs_at_most_and_ranks_tell_the_likeliest(alice: User, history: Store) -> None:
    acme = customers(["acme"])["acme"]
    for number in range(7):
        bring_lines(history, *every(30, times=3 + number, start=20), batch=f"{number}", sku=f"P{number}")
    refreshed()

    found = list(Need.objects.filter(party=acme).order_by("rank"))
    assert [each.rank for each in found] == [1, 2, 3, 4, 5]
    assert [each.article for each in found] == ["P6", "P5", "P4", "P3", "P2"]  # bought on most days first
    assert {each.chance for each in found} == {None}  # too little to try it on


def test_without_purchases_there_are_no_needs_and_no_cards(alice: User, history: Store) -> None:
    customers(["acme"])
    bring_lines(history, ("acme", 3, 10.0))
    refreshed()

    assert not Need.objects.exists()
    assert not ModelCard.objects.filter(question__in=("next_need", "first_needs")).exists()
    assert logged_in(alice).get(PAGE).status_code == 200


def test_methods_and_orders_stand_on_cards_beside_the_plain_ones(shop: dict[str, Party], sue: User) -> None:
    cards = ModelCard.objects.filter(question="next_need")
    best = min(cards, key=lambda card: card.holdout["model"]["mae"])

    assert {card.model for card in cards} == {"gap_personal_mean", "gap_poisson_gamma", "gap_log_normal"}
    assert [card.model for card in cards if card.is_used] == [best.model]
    page = logged_in(sue).get(reverse("insight:models")).content.decode()
    assert "When will a customer buy an article again?" in page


def test_every_article_is_due_by_the_method_whose_card_says_that_it_is_used(alice: User, history: Store) -> None:
    """Of two articles, one bought like clockwork and one at random, each would choose another method by itself."""
    customers([f"s{number}" for number in range(240)])
    random = np.random.default_rng(4)
    for sku, first in (("P1", 0), ("P2", 120)):
        gaps_of = [
            np.full(6, 10 + number % 30) if sku == "P1" else 1 + random.exponential(25, 6).astype(int)
            for number in range(120)
        ]
        lines = [
            (f"s{first + number}", int(ago), 5.0) for number, each in enumerate(gaps_of) for ago in 9 + np.cumsum(each)
        ]
        bring_lines(history, *lines, batch=sku, sku=sku)

    run = refreshed()

    used = ModelCard.objects.get(question="next_need", is_used=True)
    found = pq.read_table(Folder.of(run).gaps)
    found = found.append_column("elapsed", pa.array(np.zeros(len(found))))
    for sku in ("P1", "P2"):
        rows = found.filter(pc.equal(found["article"], sku))
        typical = next_gaps(PastGaps.from_table(rows), method=GapMethod(used.model.removeprefix("gap_"))).typical
        usual = dict(zip(rows["party"].to_pylist(), typical, strict=True))
        needs = Need.objects.filter(article=sku)
        assert len(needs) > 20
        for need in needs:
            assert need.usual_days == pytest.approx(usual[need.party_id], abs=0.06)


def test_the_list_shows_a_representative_the_own_customers_with_the_evidence(
    shop: dict[str, Party], alice: User, bob: User, sue: User, mallory: User
) -> None:
    own, others, all_ = (logged_in(each).get(PAGE).content.decode() for each in (alice, bob, sue))

    assert "Lantern" in own
    assert "Bought on 6 days, usually every" in own
    assert ">c5<" not in own
    assert "acme" not in others
    assert ">c5<" in all_
    assert logged_in(mallory).get(PAGE).status_code == 404


def test_the_list_is_asked_for_articles_and_states(shop: dict[str, Party], alice: User) -> None:
    def rows(**asked: str) -> bool:
        return "Bought on" in logged_in(alice).get(PAGE, asked).content.decode()

    assert rows(q="lant")
    assert rows(q="p1", state="coming", order="day")
    assert not rows(q="teapot")
    assert not rows(state="late")
    assert logged_in(alice).get(PAGE, {"state": "x"}).status_code == 404


def test_customers_are_asked_for_by_what_they_are_due_to_buy(shop: dict[str, Party], alice: User) -> None:
    def met(*asked: object) -> set[str]:
        found = customers_meeting(read_conditions([list(asked)]), Party.objects.all(), TODAY)
        return set(found.values_list("name", flat=True))

    assert "acme" in met("due_again", "article", "lant")
    assert met("due_again", "something", None) == met("due_again", "article", "P1")
    assert "twice" not in met("due_again", "something", None)
    assert not met("due_again", "article", "teapot")
    page = logged_in(alice).get(PAGE, {"q": "lant"}).content.decode()
    assert "?where=due_again:article:lant" in page


@pytest.mark.parametrize("order", ["", "day"])
def test_pages_follow_each_other_without_gap_or_repeat(
    alice: User, monkeypatch: pytest.MonkeyPatch, shop: dict[str, Party], sue: User, order: str
) -> None:
    monkeypatch.setattr("guanxi.insight.queries.needs.PAGE", 4)
    client, seen, after = logged_in(sue), [], None
    while after != "":
        answer = client.get(PAGE, {"order": order} | ({"after": after} if after else {}))
        seen += [row.need.rank for row in answer.context["rows"]]
        after = str(answer.context["more"] or "")

    soon = Need.objects.filter(due_on__lte=TODAY.date() + timedelta(SOON))
    assert seen == list(soon.order_by(*(("due_on", "rank") if order else ("rank",))).values_list("rank", flat=True))
    assert len(seen) > 8


def test_the_customers_page_has_a_panel_only_where_something_is_due(shop: dict[str, Party], alice: User) -> None:
    client = logged_in(alice)

    def panel(name: str) -> str:
        return client.get(
            reverse("insight:due-of", args=[shop[name].pk]), headers={"HX-Request": "true"}
        ).content.decode()

    assert "Lantern" in panel("acme")
    shop["twice"].owner = alice
    shop["twice"].save()
    assert panel("twice").strip() == ""
    page = client.get(reverse("insight:due-of", args=[shop["twice"].pk])).content.decode()
    assert "Nothing is due" in page
