"""Propensities: what they learn, what they say of themselves, and when they refuse to say anything."""

import json
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.scoring import (
    CalibrationKind,
    Features,
    Propensity,
    Signal,
    assess,
    calibrated,
    contributions,
    evaluate,
    fit_propensity,
    leaks,
    reasons,
    scores,
)

CITIES = ("上海", "北京", "成都", "杭州")


def leads(units: int = 4000, strength: float = 1.0, seed: int = 1) -> tuple[Features, np.ndarray]:
    """Leads whose chance depends on visits, which are missing for some, and on the city."""
    rng = np.random.default_rng(seed)
    visits, city = rng.gamma(2, 3, units), rng.integers(0, 4, units)
    odds = -1.5 + strength * (0.2 * (visits - 6) + np.array([1.0, 0.0, -1.0, 0.3])[city])
    happened = (rng.random(units) < expit(odds)).astype(float)
    visits[rng.random(units) < 0.2] = np.nan
    return Features.of({"visits": visits}, {"city": [CITIES[i] for i in city]}), happened


def test_it_finds_what_the_outcome_depends_on_and_its_chances_come_true() -> None:
    features, happened = leads(20_000)
    found = assess(features, happened, seed=1)
    assert found.signal is Signal.FOUND
    assert found.model is not None
    assert found.across.brier < found.across.base_brier
    assert all(abs(point.predicted - point.observed) < 0.03 for point in found.across.curve)
    added = contributions(found.model, Features.of({"visits": [6.0, 11.0, 6.0]}, {"city": ["上海", "上海", "成都"]}))
    assert added["visits"][1] - added["visits"][0] == pytest.approx(1.0, abs=0.15)
    assert added["city"][0] - added["city"][2] == pytest.approx(2.0, abs=0.2)


def test_noise_gets_the_verdict_no_signal_and_no_score() -> None:
    found = assess(*leads(strength=0.0), seed=1)
    assert (found.signal, found.model) == (Signal.NONE, None)


def test_an_identifier_teaches_nothing_since_no_unit_tells_its_own_outcome() -> None:
    _, happened = leads(2000, 0.0)
    found = assess(Features.of(None, {"id": [str(i) for i in range(2000)]}), happened, seed=1)
    assert found.signal is Signal.NONE


def test_a_category_of_many_small_levels_does_not_drown_what_counts() -> None:
    features, happened = leads(3000)
    streets = [str(i) for i in np.random.default_rng(3).integers(0, 1000, 3000)]
    among = Features.of(features.numbers, {"street": streets})
    alone, beside = assess(features.without("city"), happened, seed=1), assess(among, happened, seed=1)
    assert beside.across.auc > alone.across.auc - 0.01


def test_a_feature_written_down_after_the_outcome_is_reported_and_stops_the_score_until_it_is_cleared() -> None:
    features, happened = leads()
    closed = np.where(happened > 0, 20240131.0, np.nan)
    leaky = Features({**features.numbers, "closed": closed}, features.categories, len(features))
    found = assess(leaky, happened, seed=1)
    assert [leak.feature for leak in found.leaks] == ["closed"]
    assert found.leaks[0].auc == pytest.approx(1.0)
    assert (found.signal, found.model) == (Signal.LEAK, None)
    assert assess(leaky, happened, seed=1, cleared={"closed"}).signal is Signal.FOUND
    assert assess(leaky.without("closed"), happened, seed=1).signal is Signal.FOUND


def test_a_number_that_answers_in_the_middle_only_is_a_leak_too() -> None:
    x = np.random.default_rng(1).normal(size=2000)
    assert [leak.feature for leak in leaks(Features.of({"x": x}), np.abs(x) < 0.7, seed=1)] == ["x"]


def test_what_held_only_in_the_past_gives_no_score_for_the_future() -> None:
    features, happened = leads(6000)
    order = np.arange(6000.0)
    changed = np.where(order < 4200, happened, np.random.default_rng(2).permutation(happened))
    found = assess(features, changed, seed=1, order=order)
    assert found.across.ranks
    assert found.signal is Signal.NONE


def test_the_future_is_not_in_what_tells_it() -> None:
    features, happened = leads(6000, 0.0)
    order = np.arange(6000.0)
    code = np.where(order < 4200, "old", np.where(happened > 0, "won", "lost"))
    found = assess(Features.of(features.numbers, {"code": code}), happened, seed=1, order=order, cleared={"code"})
    assert found.across.auc > 0.6
    assert found.later is not None
    assert found.later.auc == pytest.approx(0.5, abs=0.05)


def test_levels_never_seen_and_numbers_beyond_the_range_are_no_adventure() -> None:
    model = calibrated(*leads(), seed=1)
    strange = Features.of({"visits": [1e99, -1e99, np.nan]}, {"city": ["火星", None, ""]})
    usual = Features.of({"visits": [1e9, 0.0, np.nan]}, {"city": ["x", "x", "x"]})
    assert scores(model, strange) == pytest.approx(scores(model, usual), abs=1e-3)
    assert ((scores(model, strange) > 0) & (scores(model, strange) < 1)).all()


def test_levels_may_be_numbers_or_truth_values_and_an_empty_answer_is_a_missing_one() -> None:
    levels = Features.of(None, {"code": [7, None, True, float("nan"), "", 7]}).categories["code"]
    assert [levels.names[code] for code in levels.codes] == ["7", "", "True", "", "", "7"]


def test_the_reasons_add_up_to_the_score_and_can_be_read() -> None:
    features, happened = leads()
    model = fit_propensity(features, happened, seed=1)
    total = model.intercept + sum(contributions(model, features).values())
    assert scores(model, features) == pytest.approx(expit(total))
    one = Features.of({"visits": [20.0]}, {"city": ["成都"]})
    first, second = reasons(model, one, 0)
    assert (first.feature, second.feature) == ("visits", "city")
    assert first.factor > 5
    assert second.factor < 1
    assert str(second).startswith("city = 成都: the odds are 0.")


def test_a_stored_model_is_text_and_scores_the_same() -> None:
    features, happened = leads()
    for model in (fit_propensity(features, happened, seed=1), calibrated(features, happened, seed=1)):
        again = Propensity.from_dict(json.loads(json.dumps(model.to_dict())))
        assert again == model
        assert (scores(again, features) == scores(model, features)).all()
    with pytest.raises(AnalysisError, match="no stored propensity"):
        Propensity.from_dict({"intercept": 1})


def test_chances_that_lean_are_put_right_and_straight_ones_left_alone() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=20_000)
    straight = assess(Features.of({"x": x}), rng.random(20_000) < expit(x), seed=1).model
    bent = assess(Features.of({"x": x}), rng.random(20_000) < np.where(x > 0.5, 0.6, 0.1), seed=1).model
    assert straight is not None
    assert bent is not None
    assert (straight.calibration.kind, bent.calibration.kind) == (CalibrationKind.NONE, CalibrationKind.ISOTONIC)


def test_the_measures_are_those_of_scikit_learn() -> None:
    rng = np.random.default_rng(1)
    chances = rng.integers(0, 50, 3000) / 50
    happened = (rng.random(3000) < chances).astype(float)
    found = evaluate(chances, happened)
    assert found.auc == pytest.approx(roc_auc_score(happened, chances))
    assert found.average_precision == pytest.approx(average_precision_score(happened, chances))
    assert found.brier == pytest.approx(brier_score_loss(happened, chances))


def test_the_interval_of_the_auc_holds_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(400):
        happened = np.repeat([0.0, 1.0], [150, 50])
        found = evaluate(expit(rng.normal(happened, 1)), happened)
        held += found.auc_low <= 0.7602 <= found.auc_high  # Φ(1 / √2)
    assert 0.92 <= held / 400 <= 0.98


def test_the_order_of_rows_with_one_score_does_not_matter() -> None:
    happened = np.repeat([1.0, 0.0], [30, 70])
    assert evaluate(np.full(100, 0.3), happened).lift == pytest.approx(1.0)
    assert evaluate(np.full(100, 0.3), happened).average_precision == pytest.approx(0.3)


def test_boosting_stands_beside_and_sees_an_interaction() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(2, 2000))
    features = Features.of({"x": x, "y": y}, {"city": rng.choice(CITIES, 2000)})
    found = assess(features, rng.random(2000) < expit(2 * np.sign(x * y)), seed=1, boosted=True)
    assert found.boosted is not None
    assert found.signal is Signal.NONE
    assert found.boosted.auc > 0.75
    assert found.misses


def test_an_interaction_that_ends_before_the_latest_units_is_not_missed() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(2, 2000))
    order = np.arange(2000)
    lasting, ended = 2 * np.sign(x * y), np.where(order < 1400, 2 * np.sign(x * y), 0.0)
    draws, features = rng.random(2000), Features.of({"x": x, "y": y})
    assert assess(features, draws < expit(lasting), seed=1, order=order, boosted=True).misses
    found = assess(features, draws < expit(ended), seed=1, order=order, boosted=True)
    assert found.boosted_later is not None
    assert not found.misses


def test_what_is_a_sum_is_not_missed_and_nothing_is_said_without_boosting() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=2000)
    happened = rng.random(2000) < expit(x)
    assert not assess(Features.of({"x": x}), happened, seed=1, boosted=True).misses
    assert not assess(Features.of({"x": x}), happened, seed=1).misses


numbers = st.floats(-1e100, 1e100) | st.just(float("nan")) | st.sampled_from([0.0, 1.0, 1e9, 5e-324])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(numbers, st.sampled_from(["a", "b", "", None]), st.booleans()), max_size=12), st.integers(1, 9)
)
def test_any_column_gives_chances_or_a_sentence(rows: list[tuple[float, str | None, bool]], times: int) -> None:
    x, level, happened = (list(each) * times for each in zip(*rows, strict=True)) if rows else ([], [], [])
    features = Features.of({"x": x}, {"level": level})
    outcome = np.array(happened, dtype=float)
    if min(outcome.sum(), (1 - outcome).sum()) < 20:
        with pytest.raises(NotEnoughDataError):
            calibrated(features, outcome, seed=1)
    else:
        told = scores(calibrated(features, outcome, seed=1), features)
        assert ((told >= 0) & (told <= 1)).all()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Features.of({"x": [1.0, np.inf]}),
        lambda: Features.of({"x": [1.0]}, {"x": ["a"]}),
        lambda: Features.of({"x": [1.0]}, {"y": ["a", "b"]}),
        Features.of,
        lambda: Features.from_table(pa.table({"when": pa.array([1], pa.timestamp("s"))})),
        lambda: fit_propensity(Features.of({"x": [1.0] * 50}), [0.0, 2.0] * 25, seed=1),
        lambda: fit_propensity(Features.of({"x": [1.0] * 50}), [0.0, 1.0], seed=1),
        lambda: fit_propensity(Features.of({"x": [1.0] * 30}), [0.0, 1.0] * 15, seed=1),
        lambda: evaluate([0.1, 1.2], [0, 1]),
        lambda: evaluate([], []),
        lambda: evaluate([0.1, 0.2], [1, 1]),
        lambda: scores(fit_propensity(*leads(), seed=1), Features.of({"visits": [1.0]})),
        lambda: assess(*leads(), seed=1, order=np.zeros(4000)),
    ],
)
def test_figures_that_make_no_sense_are_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(AnalysisError):
        wrong()


def test_what_a_database_hands_over_is_read_whatever_its_type() -> None:
    """Money comes as decimals, truth values with gaps, and a column nobody filled in has no type at all."""
    table = pa.table(
        {
            "credit": pa.array([None, Decimal("12.50")], pa.decimal128(9, 2)),
            "member": pa.array([True, None]),
            "empty": pa.array([None, None]),
            "city": pa.array([None, "Ürümqi"]),
        }
    )
    read = Features.from_table(table)
    assert read.names == ("credit", "member", "empty", "city")
    numbers = np.array([read.numbers[name] for name in ("credit", "member", "empty")])
    assert np.array_equal(numbers, [[np.nan, 12.5], [1, np.nan], [np.nan, np.nan]], equal_nan=True)
    assert [read.categories["city"].names[code] for code in read.categories["city"].codes] == ["", "Ürümqi"]


def test_a_number_that_became_a_text_is_refused_in_words() -> None:
    rng = np.random.default_rng(1)
    model = fit_propensity(Features.of({"age": rng.normal(size=200)}), rng.random(200) < 0.5, seed=1)
    with pytest.raises(AnalysisError, match="number age"):
        scores(model, Features.of(categories={"age": ["forty"]}))
