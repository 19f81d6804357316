"""Rules with figures, and what is offered to whom because of which purchase."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError
from guanxi.analytical.basket import (
    Among,
    Associations,
    Interactions,
    OfferKind,
    Reasons,
    associations,
    offer_kinds,
    recommend,
)


def pots() -> Interactions:
    """Of 1,000 customers 100 bought a teapot, 31 of them tea too, as did 66 of the 900 others; all bought a bag."""
    party = [*range(100), *range(31), *range(100, 166), *range(1000)]
    return Interactions.of(party, ["pot"] * 100 + ["tea"] * 97 + ["bag"] * 1000)


def rule(known: Interactions, item: str, other: str) -> Associations:
    found, names = associations(known), list(known.items)
    return found.where((found.item == names.index(item)) & (found.other == names.index(other)))


def test_of_those_who_bought_a_pot_31_percent_also_bought_tea_4_times_as_many_as_others() -> None:
    found = rule(pots(), "pot", "tea")
    assert (found.both[0], found.support[0], found.confidence[0]) == (31, 0.031, 0.31)
    assert found.others[0] == pytest.approx(66 / 900)
    assert found.times[0] == pytest.approx(4.227, abs=0.001)
    assert found.lift[0] == pytest.approx(0.31 / 0.097)
    assert found.surely[0]


def test_what_everybody_buys_is_no_sign_of_anything() -> None:
    found = rule(pots(), "pot", "bag")
    assert (found.lift[0], found.low[0], found.high[0]) == (1, 1, 1)
    assert not found.surely[0]


def test_the_interval_of_the_lift_holds_it_in_95_of_100_draws() -> None:
    rng, held = np.random.default_rng(1), 0
    truth = 0.12 / (0.3 * 0.25)
    for _ in range(300):
        both, only_a, only_b, _none = rng.multinomial(2000, [0.12, 0.18, 0.13, 0.57])
        party = [*range(both + only_a), *range(both), *range(3000, 3000 + only_b), *range(5000, 5000 + _none)]
        item = ["a"] * (both + only_a) + ["b"] * (both + only_b) + ["c"] * _none
        found = rule(Interactions.of(party, item), "a", "b")
        held += bool(found.low[0] <= truth <= found.high[0])
    assert 0.91 <= held / 300 <= 0.98


def test_items_bought_by_chance_are_hardly_ever_sure() -> None:
    rng = np.random.default_rng(2)
    party, item = np.nonzero(rng.random((2000, 60)) < 0.1)
    found = associations(Interactions.of(party, item))
    assert (found.low > 1).sum() > 20
    assert found.surely.sum() <= 2


@given(st.sets(st.tuples(st.integers(0, 15), st.integers(0, 6)), min_size=1, max_size=60))
def test_every_figure_is_finite_and_in_its_bounds(pairs: set[tuple[int, int]]) -> None:
    known = Interactions.of(*zip(*sorted(pairs), strict=True))
    found = associations(known, least=1)
    assert ((found.confidence > 0) & (found.confidence <= 1) & (found.support <= found.confidence)).all()
    assert np.isfinite(found.high).all()
    assert ((found.low <= found.lift) & (found.lift <= found.high)).all()


@pytest.mark.parametrize("wrong", [{"least": 0}, {"level": 1.0}, {"level": float("nan")}])
def test_questions_without_meaning_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(AnalysisError):
        associations(pots(), **wrong)  # type: ignore[arg-type]


def cellar() -> tuple[Interactions, Associations]:
    """Buyers of plain wine often bought the fine one of the same shelf, and glasses; a thousand others bought beer."""
    party, item = [], []
    for number in range(200):
        party += [number] * (3 if number < 80 else 1)
        item += ["plain", "fine", "glass"] if number < 80 else ["plain"]
    known = Interactions.of([*party, *range(1000, 2000)], [*item, *["beer"] * 1000])
    return known, associations(known)


def kind_of(other: str, price: float, tier: float = 1, **bounds: float) -> str:
    """Of the rule from plain wine at 10 of the first tier."""
    known, rules = cellar()
    names = list(known.items)
    prices, tiers = np.full(4, 10.0), np.ones(4)
    prices[names.index(other)], tiers[names.index(other)] = price, tier
    is_alike = np.isin(rules.other, [names.index("fine")])
    kinds = offer_kinds(rules, is_alike, prices, tiers, **bounds)
    return str(kinds[(rules.item == names.index("plain")) & (rules.other == names.index(other))][0])


def test_a_dearer_item_of_the_kind_is_an_up_sell_a_finer_brand_a_trade_up_and_all_else_a_cross_sell() -> None:
    assert kind_of("fine", 20) == OfferKind.UP_SELL
    assert kind_of("fine", 11) == OfferKind.UP_SELL
    assert kind_of("fine", 10.9) == OfferKind.CROSS_SELL
    assert kind_of("fine", 30.1) == OfferKind.CROSS_SELL
    assert kind_of("fine", 30.1, at_most=4) == OfferKind.UP_SELL
    assert kind_of("fine", 20, tier=2) == OfferKind.TRADE_UP
    assert kind_of("fine", 10, tier=2) == OfferKind.TRADE_UP
    assert kind_of("fine", 31, tier=2) == OfferKind.CROSS_SELL
    assert kind_of("glass", 20, tier=2) == OfferKind.CROSS_SELL


def test_the_reason_is_the_strongest_rule_of_what_the_customer_bought() -> None:
    rng = np.random.default_rng(3)
    taste = rng.random(400)[:, None]
    party, item = np.nonzero(rng.random((400, 8)) < np.linspace(0.2, 0.6, 8) * np.where(taste < 0.5, 1.6, 0.4))
    known = Interactions.of(party, item)
    lists = recommend(None, known, k=3, among=Among.NEW)
    reasons = Reasons.of(associations(known))
    rules, found = reasons.rules, reasons.behind(lists, known)
    assert rules.surely.all()
    assert (found >= 0).sum() > 100
    bought = known.weights.toarray() > 0
    for row, place in np.ndindex(lists.places.shape):
        speaks = bought[row, rules.item] & (rules.other == lists.places[row, place])
        if not speaks.any():
            assert found[row, place] == -1
        else:
            assert speaks[found[row, place]]
            assert rules.confidence[found[row, place]] == rules.confidence[speaks].max()


def test_where_no_rule_is_sure_there_are_no_reasons() -> None:
    known = Interactions.of([1, 1, 2, 3], ["a", "b", "a", "c"])
    lists = recommend(None, known, k=2, among=Among.NEW)
    assert (Reasons.of(associations(known, least=1)).behind(lists, known) == -1).all()


def test_what_is_said_of_the_items_must_fit_the_rules() -> None:
    _known, rules = cellar()
    some = np.ones(len(rules), dtype=bool)
    with pytest.raises(AnalysisError, match="4 items"):
        offer_kinds(rules, some, [1.0])
    with pytest.raises(AnalysisError, match="rules"):
        offer_kinds(rules, some[1:], [1.0] * 4)
    with pytest.raises(AnalysisError, match="price"):
        offer_kinds(rules, some, [1, 1, 1, 0])
    with pytest.raises(AnalysisError, match="dearer"):
        offer_kinds(rules, some, [1.0] * 4, dearer=4.0)
