"""Rules with figures, and what is offered to whom because of which purchase."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError
from guanxi.analytical.basket import (
    Associations,
    Catalogue,
    Interactions,
    OfferKind,
    associations,
    offer_rules,
    offers,
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


def cellar() -> tuple[Interactions, Catalogue]:
    """Buyers of plain wine often bought the fine one of the same shelf, and glasses; a thousand others bought beer."""
    party, item = [], []
    for number in range(200):
        party += [number] * (3 if number < 80 else 1)
        item += ["plain", "fine", "glass"] if number < 80 else ["plain"]
    party += range(1000, 2000)
    item += ["beer"] * 1000
    known = Interactions.of(party, item)
    about = {"plain": ("wine", 10, 1), "fine": ("wine", 20, 2), "glass": ("ware", 5, 1), "beer": ("beer", 2, 1)}
    return known, Catalogue.of(known, *zip(*(about[name] for name in known.items), strict=True))


@pytest.mark.parametrize(
    ("kind", "offered"),
    [(OfferKind.UP_SELL, {"fine"}), (OfferKind.TRADE_UP, {"fine"}), (OfferKind.CROSS_SELL, {"glass"})],
)
def test_each_kind_of_offer_finds_its_item_and_says_because_of_what(kind: OfferKind, offered: set[str]) -> None:
    known, catalogue = cellar()
    rules = offer_rules(associations(known), catalogue, kind)
    found = offers(known, rules, k=2)
    names = known.items
    assert {names[item] for item in found.item} == offered
    assert {names[item] for item in found.because} == {"plain"}
    assert sorted({int(known.parties[row]) for row in found.party}) == list(range(80, 200))
    assert (rules.other[found.rule] == found.item).all()
    assert rules.confidence[found.rule] == pytest.approx(0.4)


def test_nothing_out_of_stock_is_offered() -> None:
    known, catalogue = cellar()
    rules = offer_rules(associations(known), catalogue, OfferKind.UP_SELL)
    assert len(offers(known, rules, available=known.items != "fine").item) == 0


def test_an_offer_appears_once_with_its_strongest_reason_and_the_best_come_first() -> None:
    rng = np.random.default_rng(3)
    party, item = np.nonzero(rng.random((400, 8)) < np.linspace(0.2, 0.6, 8))
    known = Interactions.of(party, item)
    rules = associations(known)
    found = offers(known, rules, k=3)
    bought = known.weights.toarray() > 0
    assert not bought[found.party, found.item].any()
    assert bought[found.party, found.because].all()
    assert len(set(zip(found.party, found.item, strict=True))) == len(found.item)
    for row in range(len(known.parties)):
        mine = found.rule[found.party == row]
        reasons = bought[row, rules.item] & ~bought[row, rules.other]
        best = sorted(
            (max(rules.confidence[reasons & (rules.other == other)]) for other in set(rules.other[reasons])),
            reverse=True,
        )
        assert list(rules.confidence[mine]) == pytest.approx(best[:3])


def test_a_catalogue_must_fit_the_items_and_know_their_prices() -> None:
    known, _ = cellar()
    with pytest.raises(AnalysisError, match="4 items"):
        Catalogue.of(known, ["wine"], [1], [1])
    with pytest.raises(AnalysisError, match="price"):
        Catalogue.of(known, ["wine"] * 4, [1, 1, 1, 0], [1] * 4)
