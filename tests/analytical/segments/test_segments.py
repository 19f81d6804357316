"""Segments name their axes, their cut points and the customer's own figures."""

from datetime import date, datetime

import ibis
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.segments import (
    Axis,
    Reason,
    Segments,
    brand_usage,
    brand_usage_axes,
    dick_basu,
    grid,
    growth_axes,
    growth_matrix,
    quantile_cuts,
    reinartz_kumar,
    relationship_axes,
    selection_matrix,
    tiers_by_share,
    tiers_by_threshold,
    weighted_points,
)
from guanxi.analytical.value import purchase_statistics

POLICIES = [("vip", {"contact_days": 7}), ("major", {"contact_days": 30}), ("ordinary", {}), ("small", {})]
figures = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=40)


def names(segments: Segments) -> list[str]:
    return [segments.of(row) for row in range(len(segments))]


def test_dick_and_basu_cross_attitude_and_repeat_patronage() -> None:
    found = dick_basu([8, 8, 2, 2], [12, 1, 12, 1], attitude_cut=5, repeat_cut=6)
    assert names(found) == ["loyal", "latent", "spurious", "none"]
    assert found.counts == {"none": 1, "spurious": 1, "latent": 1, "loyal": 1}


def test_reinartz_and_kumar_cross_profit_and_duration() -> None:
    found = reinartz_kumar([900, 900, -5, -5], [800, 20, 800, 20], profit_cut=100, duration_cut=365)
    assert names(found) == ["true_friend", "butterfly", "barnacle", "stranger"]


def test_ansoff_crosses_customers_and_products() -> None:
    found = growth_matrix([400, 400, -3, -3], [0.1, 0.9, 0.0, 1.0])
    assert names(found) == ["penetration", "extension", "acquisition", "diversification"]


def test_selection_crosses_attractiveness_and_relative_strength() -> None:
    found = selection_matrix([4, 4, 2, 2], [4, 2, 4, 2], attractiveness_cut=3, strength_cut=3)
    assert names(found) == ["invest", "build", "maintain", "let_go"]


def test_brand_and_usage_make_nine_cells() -> None:
    found = brand_usage([1.0, 0.5, 0.0], [500, 50, 5], usage_cuts=(10, 100))
    assert names(found) == ["own_heavy", "switcher_medium", "other_light"]
    assert len(found.counts) == 9


def test_a_customer_is_told_its_own_figures_and_the_cut_points() -> None:
    found = dick_basu([8], [1], attitude_cut=5, repeat_cut=6)
    assert found.why(0) == (
        Reason("attitude", "points", 8.0, "high", 5.0, np.inf),
        Reason("repeat", "purchases", 1.0, "low", -np.inf, 6.0),
    )


@given(figures, figures, st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_every_reason_holds_the_figure_and_a_cut_belongs_above(
    attitude: list[float], repeat: list[float], first: float, second: float
) -> None:
    size = min(len(attitude), len(repeat))
    found = dick_basu([*attitude[:size], first], [*repeat[:size], second], attitude_cut=first, repeat_cut=second)
    assert sum(found.counts.values()) == size + 1
    assert found.of(size) == "loyal"
    for row in range(size + 1):
        for reason in found.why(row):
            assert reason.from_ <= reason.value < reason.below


def test_a_tier_is_a_share_of_all_value_and_has_its_policy() -> None:
    found = tiers_by_share([50, 30, 10, 5, 3, 2], POLICIES)
    assert names(found.segments) == ["vip", "major", "ordinary", "ordinary", "small", "small"]
    assert found.value_share == pytest.approx((0.5, 0.3, 0.15, 0.05))
    assert [tier.from_value for tier in found.tiers] == [50, 30, 5, -np.inf]
    assert found.policy(0) == {"contact_days": 7}
    assert found.segments.why(1) == (Reason("value", "money", 30.0, "major", 30.0, 50.0),)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60))
def test_equal_customers_share_a_tier_and_nobody_worth_more_is_below(value: list[float]) -> None:
    if max(value) <= 0:
        with pytest.raises(NotEnoughDataError, match="above 0"):
            tiers_by_share(value, POLICIES)
        return
    found = tiers_by_share(value, POLICIES)
    place = found.segments.segment
    order = np.argsort(value)
    assert (np.diff(place[order]) <= 0).all()
    for one, worth in enumerate(value):
        assert {place[other] for other, same in enumerate(value) if same == worth} == {place[one]}
        (reason,) = found.segments.why(one)
        assert reason.band == found.segments.of(one)
        assert reason.from_ <= worth < reason.below
    assert sum(found.customer_share) == pytest.approx(1)


def test_thresholds_make_tiers_and_equal_ones_leave_the_lower_empty() -> None:
    assert names(tiers_by_threshold([10, 5, 1, -1], POLICIES, thresholds=[10, 5, 0]).segments) == [
        "vip",
        "major",
        "ordinary",
        "small",
    ]
    assert tiers_by_threshold([10, 5], POLICIES, thresholds=[10, 10, 0]).segments.counts["major"] == 0


@pytest.mark.parametrize("thresholds", [[1, 2, 3], [3, 2], [3, 2, float("nan")]], ids=["rising", "too few", "missing"])
def test_thresholds_that_make_no_tiers_are_refused(thresholds: list[float]) -> None:
    with pytest.raises(AnalysisError):
        tiers_by_threshold([1.0], POLICIES, thresholds=thresholds)


def test_points_are_the_weighted_mean_of_the_ratings() -> None:
    points = weighted_points({"size": [5, 1], "growth": [1, 1]}, {"size": 3, "growth": 1})
    assert points.tolist() == [4.0, 1.0]
    with pytest.raises(AnalysisError, match="weight"):
        weighted_points({"size": [5]}, {"growth": 1})


def test_quantiles_cut_and_equal_cuts_count_once() -> None:
    assert quantile_cuts([1, 2, 3, 4], [0.5]) == (2.5,)
    assert quantile_cuts([7, 7, 7, 7], [0.25, 0.5]) == (7.0,)
    for wrong in ([], [float("nan")], [float("inf")]):
        with pytest.raises(AnalysisError):
            quantile_cuts(wrong)
    with pytest.raises(AnalysisError, match="between 0 and 1"):
        quantile_cuts([1.0], [1.0])


def test_axes_and_cells_that_do_not_fit_are_refused() -> None:
    with pytest.raises(AnalysisError, match="ascend"):
        Axis.of("a", [1.0], [2, 2], "xyz")
    with pytest.raises(AnalysisError, match="bands"):
        Axis.of("a", [1.0], [2], "xyz")
    with pytest.raises(AnalysisError, match="missing"):
        Axis.of("a", [float("nan")], [2], "xy")
    one = Axis.of("a", [1.0], [2], "xy")
    with pytest.raises(AnalysisError, match="2 rows"):
        grid("g", one, Axis.of("b", [1.0], [2], "xy"), [["only"]])
    with pytest.raises(AnalysisError, match="lengths"):
        dick_basu([1.0], [1.0, 2.0], attitude_cut=1, repeat_cut=1)
    with pytest.raises(AnalysisError, match="between 0 and 1"):
        growth_matrix([1.0], [1.5])


COLUMNS = {
    "party": "int64",
    "at": "timestamp",
    "amount": "float64",
    "order_id": "string",
    "item": "string",
    "is_own": "boolean",
}


def lines() -> ibis.Table:
    rows = [
        (1, datetime.fromisoformat("2023-01-01"), 10.0, "a", "old", True),
        (1, datetime.fromisoformat("2024-01-01"), 30.0, "b", "old", False),
        (1, datetime.fromisoformat("2024-02-01"), 10.0, "c", "new", True),
        (2, datetime.fromisoformat("2024-03-01"), 10.0, "d", "new", False),
        (3, datetime.fromisoformat("2023-03-01"), 10.0, "e", "old", False),
        (2, datetime.fromisoformat("2025-03-01"), 10.0, "f", "old", True),
    ]
    return ibis.memtable(rows, schema=COLUMNS)


def rows(table: ibis.Table) -> list[dict[str, object]]:
    return list(table.order_by("party").to_pyarrow().to_pylist())


def test_growth_is_told_from_the_lines() -> None:
    assert rows(growth_axes(lines(), date(2023, 12, 31), date(2024, 12, 31))) == [
        {"party": 1, "sales": 40.0, "tenure": 364.0, "new_share": 0.25},
        {"party": 2, "sales": 10.0, "tenure": -61.0, "new_share": 1.0},
    ]


def test_brand_and_usage_are_told_from_the_lines() -> None:
    found = rows(brand_usage_axes(lines(), date(2023, 12, 31), date(2024, 12, 31)))
    assert [(each["party"], each["usage"], each["own_share"]) for each in found] == [(1, 40.0, 0.25), (2, 10.0, 0.0)]


def test_profit_and_duration_are_told_from_purchase_statistics() -> None:
    found = rows(relationship_axes(purchase_statistics(lines(), date(2024, 12, 31)), margin=0.5, cost_to_serve=2.0))
    assert found[0] == {"party": 1, "profit": 19.0, "duration": 396.0}
