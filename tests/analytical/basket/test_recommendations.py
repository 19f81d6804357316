"""Lists of items: what may stand in them, in which order, and how they are judged."""

from datetime import date, datetime

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.basket import (
    Among,
    Interactions,
    PersonalFrequency,
    accuracies,
    fit_ease,
    fit_item_neighbours,
    item_counts,
    known_and_target,
    recommend,
)

ROWS = [("ann", "tea", 5.0), ("ann", "milk", 5.0), ("ben", "tea", 1.0), ("ben", "jam", 2.0), ("cy", "tea", 3.0)]
COLUMNS = {"party": "int64", "at": "timestamp", "amount": "float64", "order_id": "string", "item": "string"}


def shop() -> Interactions:
    return Interactions.of(*zip(*ROWS, strict=True))


def counted(rows: list[tuple[str, str, float]]) -> pa.Table:
    return pa.table(dict(zip(("party", "item", "weight"), map(list, zip(*rows, strict=True)), strict=True)))


pairs = st.dictionaries(st.tuples(st.integers(0, 12), st.integers(0, 9)), st.floats(1e-6, 1e9), min_size=1, max_size=60)


def of(weights: dict[tuple[int, int], float]) -> Interactions:
    party, item = zip(*weights, strict=True)
    return Interactions.of(party, item, list(weights.values()))


def test_items_stand_in_order_of_popularity_and_customers_in_order_of_name() -> None:
    known = shop()
    assert list(known.items) == ["tea", "milk", "jam"]
    assert list(known.parties) == ["ann", "ben", "cy"]


def test_own_items_come_first_equals_by_popularity_and_then_what_most_people_buy() -> None:
    ranking = recommend(PersonalFrequency(), shop(), k=3)
    assert ranking.of(0) == ["tea", "milk", "jam"]
    assert ranking.of(1) == ["jam", "tea", "milk"]
    assert ranking.filled.tolist() == [[False, False, True], [False, False, True], [False, True, True]]


def test_without_filling_a_list_ends_where_the_customer_bought_nothing_more() -> None:
    assert recommend(PersonalFrequency(), shop(), k=3, fill=False).of(2) == ["tea"]


def test_new_items_only_and_nothing_out_of_stock() -> None:
    known = shop()
    assert [recommend(None, known, k=3, among=Among.NEW).of(row) for row in range(3)] == [
        ["jam"],
        ["milk"],
        ["milk", "jam"],
    ]
    assert recommend(None, known, k=3, available=[False, True, True]).of(0) == ["milk", "jam"]


@given(pairs, st.integers(1, 12), st.sampled_from(list(Among)), st.integers(0, 2), st.integers(0, 2**10 - 1))
def test_every_list_holds_only_what_it_may_and_nothing_twice(
    weights: dict[tuple[int, int], float], k: int, among: Among, which: int, stock: int
) -> None:
    known = of(weights)
    model = (PersonalFrequency(), fit_item_neighbours(known, neighbours=3), fit_ease(known, penalty=1.0))[which]
    available = np.array([stock >> number & 1 for number in range(len(known.items))], dtype=bool)
    ranking = recommend(model, known, k=k, among=among, available=available)
    bought = known.weights.toarray() > 0
    for row in range(len(known.parties)):
        places = [place for place in ranking.places[row] if place >= 0]
        assert len(set(places)) == len(places)
        assert available[places].all()
        if among is not Among.ALL:
            assert (bought[row, places] == (among is Among.BOUGHT)).all()
        if among is not Among.BOUGHT:
            allowed = available & ~(bought[row] & (among is Among.NEW))
            assert len(places) == min(k, allowed.sum())
        assert (np.diff(ranking.scores[row]) <= 0).all()


@given(pairs)
def test_ease_is_the_ridge_regression_of_each_item_on_the_others(weights: dict[tuple[int, int], float]) -> None:
    known, penalty = of(weights), 0.5
    found = fit_ease(known, penalty=penalty).weights
    x = known.bought.toarray()
    for item in range(len(known.items)):
        others = [other for other in range(len(known.items)) if other != item]
        ridge = np.linalg.solve(
            x[:, others].T @ x[:, others] + penalty * np.eye(len(others)), x[:, others].T @ x[:, item]
        )
        assert found[others, item] == pytest.approx(ridge, abs=1e-9)
        assert found[item, item] == 0


def test_neighbours_are_the_cosine_and_as_many_as_asked() -> None:
    model = fit_item_neighbours(shop(), neighbours=1, shrink=0.0)
    assert model.similarity.toarray() == pytest.approx(np.array([[0, 1, 0], [1, 0, 0], [1, 0, 0]]) / np.sqrt(3))


def test_two_tastes_are_told_apart_by_both_discovery_models() -> None:
    taste = [
        (f"{kind}{n}", f"{kind} {item}") for kind in "ab" for n in range(30) for item in range(10) if (n + item) % 3
    ]
    known = Interactions.of(*zip(*taste, strict=True))
    for model in (fit_item_neighbours(known), fit_ease(known, penalty=10.0)):
        ranking = recommend(model, known, k=3, among=Among.NEW, fill=False)
        for row, party in enumerate(known.parties):
            assert {label[0] for label in ranking.of(row)} == {party[0]}


def test_lists_of_many_customers_are_made_in_blocks_that_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    keys = np.unique(rng.integers(0, 200 * 30, 2000))
    known = Interactions.of(keys // 30, keys % 30)
    model = fit_item_neighbours(known)
    whole = recommend(model, known)
    monkeypatch.setattr("guanxi.analytical.basket.ranking.CELLS", 7 * model.reach)
    assert (recommend(model, known).places == whole.places).all()


def test_a_catalogue_too_large_for_the_inverse_is_refused_with_what_it_would_cost() -> None:
    with pytest.raises(AnalysisError, match="GB"):
        fit_ease(shop(), most=2)
    assert fit_ease(shop().most_bought(2), most=2).weights.shape == (2, 2)


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_weights_that_mean_nothing_are_refused(weight: float) -> None:
    with pytest.raises(AnalysisError):
        Interactions.of([1], [1], weight)


def test_a_pair_in_two_rows_a_missing_label_and_an_empty_table_are_refused() -> None:
    with pytest.raises(AnalysisError, match="two rows"):
        Interactions.of([1, 1], [2, 2])
    with pytest.raises(AnalysisError, match="missing"):
        Interactions.of([1, None], [2, 2])
    with pytest.raises(NotEnoughDataError, match="Nobody"):
        Interactions.of([], [])
    with pytest.raises(NotEnoughDataError, match="Nobody"):
        Interactions.from_table(counted(ROWS).slice(0, 0))


def test_recall_and_ndcg_of_old_and_new_items_by_hand() -> None:
    known, target = known_and_target(
        counted(ROWS), counted([("ann", "tea", 1.0), ("ann", "jam", 1.0), ("ann", "rice", 1.0), ("dee", "tea", 1.0)])
    )
    found = accuracies({"popularity": recommend(None, known, k=2)}, known, target, k=2)[0]
    assert found.overall.customers == 1
    assert found.repeat_share == pytest.approx(1 / 3)
    assert found.overall.recall == pytest.approx(1 / 3)
    assert found.overall.ndcg == pytest.approx(1 / (1 + 1 / np.log2(3)))
    assert (found.repeat.recall, found.discovery.recall) == (1.0, 0.0)
    longer = accuracies({"popularity": recommend(None, known, k=3)}, known, target, k=3)[0]
    assert (longer.repeat.recall, longer.discovery.recall) == (1.0, 0.5)


def test_lists_are_judged_beside_the_baseline_only() -> None:
    known, target = known_and_target(counted(ROWS), counted([("ann", "tea", 1.0)]))
    ranking = recommend(None, known, k=3)
    with pytest.raises(AnalysisError, match="popularity"):
        accuracies({"mine": ranking}, known, target, k=3)
    with pytest.raises(AnalysisError, match="at least 10"):
        accuracies({"popularity": ranking}, known, target)
    first, second = accuracies({"mine": ranking, "popularity": ranking}, known, target, k=3)
    assert (first.is_baseline, second.is_baseline) == (True, False)


def lines() -> ibis.Table:
    rows = [
        (1, datetime.fromisoformat("2024-01-01 10:00"), 5.0, "a", "tea"),
        (1, datetime.fromisoformat("2024-01-01 10:00"), 5.0, "a", "tea"),
        (1, datetime.fromisoformat("2024-01-11 23:59"), 5.0, "b", "tea"),
        (1, datetime.fromisoformat("2024-01-12"), 5.0, "c", "tea"),
        (1, datetime.fromisoformat("2024-01-11"), -5.0, "d", "jam"),
        (None, datetime.fromisoformat("2024-01-11"), 5.0, "e", "jam"),
        (2, datetime.fromisoformat("2024-01-11"), 5.0, "f", None),
    ]
    return ibis.memtable(rows, schema=COLUMNS)


def test_orders_are_counted_by_customer_and_item_up_to_the_day() -> None:
    table = item_counts(lines(), date(2024, 1, 11)).to_pyarrow().to_pylist()
    assert table == [{"party": 1, "item": "tea", "weight": 2.0}]
    later = item_counts(lines(), date(2024, 1, 31), after=date(2024, 1, 11)).to_pyarrow().to_pylist()
    assert later == [{"party": 1, "item": "tea", "weight": 1.0}]


def test_an_order_one_half_life_old_counts_half() -> None:
    table = item_counts(lines(), date(2024, 1, 11), half_life=10).to_pyarrow().to_pylist()
    assert table[0]["weight"] == pytest.approx(1.5)
    with pytest.raises(AnalysisError, match="half_life"):
        item_counts(lines(), date(2024, 1, 11), half_life=0)
