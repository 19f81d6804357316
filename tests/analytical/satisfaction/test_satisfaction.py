"""What customers say of the service, and how surely that is known."""

from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.satisfaction import (
    KanoClass,
    Quadrant,
    Ratings,
    advocacy,
    ces,
    cronbach_alpha,
    csat,
    delivered_value,
    importance_performance,
    kano,
    nps,
    post_stratified,
    repurchase_rate,
    resampled,
    servqual,
    share_of_wallet,
    trend,
)


def answered(counts: dict[float, int]) -> Ratings:
    return Ratings.counted(counts)


def test_nps_by_hand() -> None:
    """50 people, 25 promoters, 10 detractors: adjusted shares 25.75 / 53 and 10.75 / 53."""
    found = nps(answered({10: 25, 8: 15, 3: 10}))
    up, down = 25.75 / 53, 10.75 / 53
    reach = 1.959964 * ((up + down - (up - down) ** 2) / 53) ** 0.5
    assert found.score.estimate == pytest.approx(30)
    assert (found.promoters, found.passives, found.detractors) == pytest.approx((0.5, 0.3, 0.2))
    assert found.score.low == pytest.approx(100 * (up - down - reach))
    assert found.score.high == pytest.approx(100 * (up - down + reach))


def test_a_few_promoters_alone_do_not_make_a_score_of_100_certain() -> None:
    found = nps(answered({10: 5})).score
    assert found.estimate == 100
    assert found.low < 80


@pytest.mark.parametrize("people", [10, 30, 200])
def test_the_interval_of_the_nps_holds_what_it_says(people: int) -> None:
    rng = np.random.default_rng(1)
    drawn = rng.multinomial(people, [0.5, 0.3, 0.2], 1000)
    each = [nps(answered({10: int(p), 8: int(m), 2: int(d)})).score for p, m, d in drawn]
    assert np.mean([one.low <= 30 <= one.high for one in each]) == pytest.approx(0.95, abs=0.025)


def test_csat_is_the_share_of_four_and_five_with_wilsons_interval() -> None:
    """Wilson's interval of 81 of 263, from Newcombe (1998, table I): 0.2553 to 0.3662."""
    found = csat(answered({5: 81, 2: 182}))
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


def test_ces_is_a_mean_with_students_interval() -> None:
    found = ces(answered({1: 1, 3: 1, 5: 1}))
    assert (found.estimate, found.high - 3) == pytest.approx((3, 4.302653 * 2 / 3**0.5), rel=1e-5)


def test_the_bootstrap_agrees_where_there_are_many() -> None:
    many = answered({10: 500, 8: 300, 3: 200})
    drawn = resampled(many, lambda x: 100.0 * ((x >= 9).astype(float) - (x <= 6)), seed=1)
    assert (drawn.low, drawn.high) == pytest.approx((nps(many).score.low, nps(many).score.high), abs=0.6)


def test_weights_bring_the_silent_majority_back_and_cost_precision() -> None:
    groups = np.array(["old"] * 90 + ["new"] * 10)
    weights = post_stratified(groups, {"old": 0.5, "new": 0.5})
    ratings = Ratings.of([5] * 90 + [1] * 10, weights, lowest=1, highest=5)
    assert weights.mean() == pytest.approx(1)
    assert csat(ratings).estimate == pytest.approx(0.5)
    assert ratings.effective == pytest.approx(36)  # 1 / (0.5² / 90 + 0.5² / 10)
    assert (ratings.answers, ratings.effective < 100) == (100, True)


def test_a_change_is_told_from_noise() -> None:
    before, after, later = (nps(answered({10: up, 2: 1000 - up})).score for up in (500, 505, 600))
    assert not trend(before, after).moved
    assert trend(before, later).moved
    assert trend(before, later).change == pytest.approx(20)


def test_alpha_by_hand() -> None:
    """Item variances 5/3, 4/3, 8/3; sums 4, 7, 10, 13 with variance 15: 3/2 · (1 − 17/45) = 14/15."""
    found = cronbach_alpha([[1, 2, 1], [2, 2, 3], [3, 4, 3], [4, 4, 5]])
    assert found.alpha == pytest.approx(14 / 15)
    assert found.if_dropped[2] == pytest.approx(2 * (1 - 3 / 5.666666667))
    assert found.low < found.alpha < found.high <= 1


def test_feldts_interval_holds_what_it_says() -> None:
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(400):
        found = cronbach_alpha(rng.normal(size=(40, 1)) + rng.normal(size=(40, 5)))
        held += found.low <= 5 / 6 <= found.high  # five items of one factor, each half noise
    assert held / 400 == pytest.approx(0.95, abs=0.025)


def test_an_item_that_does_not_belong_is_found() -> None:
    rng = np.random.default_rng(1)
    table = rng.normal(size=(300, 1)) + rng.normal(size=(300, 4))
    table[:, 3] = rng.normal(size=300)
    found = cronbach_alpha(table)
    assert int(np.argmax(found.if_dropped)) == 3
    assert int(np.argmin(found.item_rest)) == 3
    assert found.if_dropped[3] > found.alpha


def test_gaps_are_paired_and_missing_answers_left_out() -> None:
    expected = [[7, 6], [6, 6], [7, nan], [5, 6]]
    perceived = [[5, 6], [5, 6], [5, 3], [4, 6]]
    found = servqual(expected, perceived, ["quick", "clean"], {"tangibles": ["clean"], "both": ["quick", "clean"]})
    quick, clean = found.items
    assert (quick.gap, clean.gap, clean.answers) == (-1.5, 0, 3)
    assert [each.name for each in found.dimensions] == ["tangibles", "both"]
    assert found.dimensions[1].gap == pytest.approx((-1 - 0.5 - 2 - 0.5) / 4)


@pytest.mark.parametrize(
    ("there", "missing", "kind"),
    [
        (1, 5, KanoClass.ONE_DIMENSIONAL),
        (1, 3, KanoClass.ATTRACTIVE),
        (3, 5, KanoClass.MUST_BE),
        (3, 3, KanoClass.INDIFFERENT),
        (5, 1, KanoClass.REVERSE),
        (1, 1, KanoClass.QUESTIONABLE),
    ],
)
def test_kanos_table(there: int, missing: int, kind: KanoClass) -> None:
    assert kano([there] * 9, [missing] * 9).kind is kind


def test_kano_says_how_much_it_lifts_and_when_people_disagree() -> None:
    found = kano([1] * 6 + [3] * 5, [3] * 6 + [5] * 5)
    assert (found.kind, found.is_clear) == (KanoClass.ATTRACTIVE, False)
    assert (found.better, found.worse) == pytest.approx((6 / 11, -5 / 11))
    assert isnan(kano([1], [1]).better)


def test_what_matters_and_is_done_badly_comes_first() -> None:
    found = importance_performance(["price", "speed", "smile", "sofa"], [5, 4.5, 2, 1.5], [4, 2, 4.5, 1])
    assert [one.quadrant for one in found.attributes] == list(Quadrant)
    assert found.attributes[0].name == "speed"


def test_value_is_what_is_left_after_money_time_energy_and_worry() -> None:
    found = delivered_value({"product": 20, "image": 2}, {"money": 12, "time": 3}, {"time": 2})
    assert (found.value, found.parts["time"]) == (4, -6)


def test_loyalty_is_what_customers_do() -> None:
    wallet = share_of_wallet([50, 0, 30], [100, 40, 60])
    assert wallet.estimate == pytest.approx(0.4)
    assert 0 <= wallet.low < 0.4 < wallet.high <= 1
    assert repurchase_rate([1, 1, 2, 5]).estimate == advocacy([0, 0, 1, 3]).estimate == 0.5


def test_the_share_of_wallet_has_the_spread_that_resampling_gives() -> None:
    rng = np.random.default_rng(1)
    everywhere = rng.lognormal(3, 0.7, 800)
    own = everywhere * rng.beta(2, 3, 800)
    picks = rng.integers(0, 800, (800, 800))
    spread = (own[picks].sum(1) / everywhere[picks].sum(1)).std()
    assert share_of_wallet(own, everywhere).standard_error == pytest.approx(spread, rel=0.1)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 10) | st.just(nan), max_size=30), st.floats(1e-9, 1e9), st.floats(0.01, 0.99))
def test_any_answers_give_an_interval_around_the_estimate_or_a_sentence(
    given_answers: list[float], weight: float, level: float
) -> None:
    weights = np.linspace(weight, 2 * weight, len(given_answers))
    if np.isnan(given_answers).all():
        with pytest.raises(NotEnoughDataError):
            Ratings.of(given_answers, weights, lowest=0, highest=10)
        return
    ratings = Ratings.of(given_answers, weights, lowest=0, highest=10)
    score, share = nps(ratings, level=level).score, csat(ratings, satisfied_from=7, level=level)
    assert -100 <= score.low <= score.high <= 100
    assert -1e-9 <= share.low <= share.estimate + 1e-9
    assert share.estimate - 1e-9 <= share.high <= 1 + 1e-9
    assert 1 - 1e-9 <= ratings.effective <= ratings.answers + 1e-9


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.floats(-1e9, 1e9) | st.just(nan), min_size=3, max_size=3), max_size=8))
def test_any_table_gives_an_alpha_of_at_most_one_or_a_sentence(table: list[list[float]]) -> None:
    try:
        found = cronbach_alpha(np.array(table).reshape(-1, 3))
    except AnalysisError:
        return
    assert found.alpha <= 1 + 1e-9
    assert found.low <= found.alpha + 1e-9


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Ratings.of([11], lowest=0, highest=10),
        lambda: Ratings.of([5], [0], lowest=0, highest=10),
        lambda: Ratings.of([5, 6], [1], lowest=0, highest=10),
        lambda: Ratings.of([inf], lowest=0, highest=10),
        lambda: Ratings.counted({}),
        lambda: nps(Ratings.counted({9.5: 3})),
        lambda: nps(Ratings.counted({9: 3}), level=1),
        lambda: ces(Ratings.counted({3: 1})),
        lambda: post_stratified(["a"], {"b": 1}),
        lambda: post_stratified(["a"], {"a": 0.5, "b": 0.5}),
        lambda: cronbach_alpha([[1, 1], [1, 1]]),
        lambda: cronbach_alpha([[1], [2]]),
        lambda: cronbach_alpha([1, 2]),
        lambda: servqual([[1, 2]] * 3, [[1, 2]] * 3, ["a"]),
        lambda: servqual([[1, 2]] * 3, [[1, 2]] * 3, ["a", "b"], {"x": ["c"]}),
        lambda: kano([6], [1]),
        lambda: kano([], []),
        lambda: importance_performance(["a"], [1, 2], [1, 2]),
        lambda: delivered_value({"a": 1}, {"b": -1}),
        lambda: share_of_wallet([5, 1], [4, 1]),
        lambda: share_of_wallet([0, 0], [0, 0]),
        lambda: repurchase_rate([0]),
    ],
)
def test_figures_that_make_no_sense_are_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(AnalysisError):
        wrong()
