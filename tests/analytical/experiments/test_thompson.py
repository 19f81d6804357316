"""Shares that follow what is learnt, and never below the floor."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from guanxi.analytical import AnalysisError
from guanxi.analytical.experiments import (
    HOLDOUT,
    Arm,
    Design,
    Moments,
    allocate_by_mean,
    allocate_by_share,
    assign_all,
    chances,
    next_round,
)

DESIGN = Design("spring", (Arm("mail", 0.5), Arm("call", 0.5)), "everyone", 0.1)


def test_the_share_of_an_arm_is_its_chance_to_be_best() -> None:
    """Beta(3, 9) against Beta(6, 6), the chance by numerical integration."""
    grid = np.linspace(0, 1, 20_001)
    better = np.trapezoid(beta.pdf(grid, 6, 6) * beta.cdf(grid, 3, 9), grid)
    arms = {"mail": Moments.of_count(10, 2), "call": Moments.of_count(10, 5)}
    allocation = allocate_by_share(arms, seed=1, floor=0.1)
    assert allocation.best[1] == pytest.approx(better, abs=0.01)
    assert allocation.arms[1].share == pytest.approx(0.1 + 0.8 * allocation.best[1])


def test_a_hopeless_arm_keeps_its_floor_and_an_unknown_one_is_tried() -> None:
    arms = {"good": Moments.of_count(5000, 1000), "bad": Moments.of_count(5000, 500), "new": Moments.of_count(0, 0)}
    good, bad, new = (arm.share for arm in allocate_by_share(arms, seed=3, floor=0.05).arms)
    assert bad == pytest.approx(0.05)
    assert new > 0.5 > good > 0.1


def test_an_arm_that_missed_the_whales_is_not_given_up() -> None:
    whales = np.concatenate([np.full(990, 1.0), np.full(10, 10_000.0)])
    arms = {"lucky": Moments.of(whales), "missed": Moments.of(np.full(40, 1.0))}
    assert allocate_by_mean(arms, seed=1).best[1] > 0.2


def test_the_same_seed_gives_the_same_shares_and_arms_level_with_each_other_share_alike() -> None:
    arms = {name: Moments.of_count(100, 10) for name in "abc"}
    assert allocate_by_share(arms, seed=7) == allocate_by_share(arms, seed=7)
    unknown = {name: Moments.of(np.zeros(0)) for name in "abc"}
    assert allocate_by_mean(unknown, seed=7).best == pytest.approx((1 / 3,) * 3)


def test_the_next_round_leaves_the_holdout_alone_and_knows_the_chance_of_each_assignment() -> None:
    arms = {"mail": Moments.of_count(900, 90), "call": Moments.of_count(900, 120)}
    allocation = allocate_by_share(arms, seed=2)
    after = next_round(DESIGN, allocation, salt="spring 2")
    units = range(20_000)
    first, second = assign_all(DESIGN, units), assign_all(after, units)
    assert ((first == HOLDOUT) == (second == HOLDOUT)).all()
    for arm, chance in chances(after).items():
        assert (second == arm).mean() == pytest.approx(chance, abs=0.01)
    assert sum(chances(after).values()) == pytest.approx(1)


def test_a_round_needs_the_same_arms_and_a_salt_of_its_own() -> None:
    allocation = allocate_by_share({"mail": Moments.of_count(9, 1), "call": Moments.of_count(9, 2)}, seed=1)
    with pytest.raises(AnalysisError, match="salt"):
        next_round(DESIGN, allocation, salt="spring")
    other = allocate_by_share({"call": Moments.of_count(9, 1), "mail": Moments.of_count(9, 2)}, seed=1)
    with pytest.raises(AnalysisError, match="same arms"):
        next_round(DESIGN, other, salt="spring 2")


def test_what_does_not_fit_is_refused() -> None:
    two = {"a": Moments.of_count(9, 1), "b": Moments.of_count(9, 2)}
    for arms, floor in (({}, 0.0), ({"a": two["a"]}, 0.0), (two, 0.51), (two, -0.1), (two, float("nan"))):
        with pytest.raises(AnalysisError):
            allocate_by_share(arms, seed=1, floor=floor)
    with pytest.raises(AnalysisError, match="share"):
        allocate_by_share({"a": Moments.of([5.0, 9.0]), "b": two["b"]}, seed=1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(Moments, n=st.integers(0, 10**9), mean_y=st.floats(-1e9, 1e9), var_y=st.floats(0, 1e18)),
        min_size=2,
        max_size=5,
    ),
    st.floats(0, 0.2),
)
def test_whatever_the_outcomes_the_shares_sum_to_one_and_none_is_below_the_floor(
    arms: list[Moments], floor: float
) -> None:
    allocation = allocate_by_mean({str(i): arm for i, arm in enumerate(arms)}, seed=1, floor=floor, draws=200)
    shares = [arm.share for arm in allocation.arms]
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= floor - 1e-9
    Design("salt", allocation.arms)


def played(*, floor: float, seed: int) -> tuple[float, float]:
    """Outcome per customer in 20 rounds of 1,000 with shares that follow, and the share of the best arm in the last."""
    rng, truth = np.random.default_rng(seed), {"a": 0.10, "b": 0.10, "c": 0.10, "d": 0.13}
    seen = {arm: Moments.of_count(0, 0) for arm in truth}
    won, shares = 0, [0.25] * 4
    for turn in range(20):
        for (arm, chance), n in zip(truth.items(), rng.multinomial(1000, shares), strict=True):
            bought = int(rng.binomial(n, chance))
            won += bought
            seen[arm] += Moments.of_count(int(n), bought)
        shares = [arm.share for arm in allocate_by_share(seen, seed=turn, floor=floor, draws=2000).arms]
        assert min(shares) >= floor - 1e-9
    return won / 20_000, shares[3]


def test_following_wins_more_than_equal_shares_and_finds_the_best_arm() -> None:
    following, equal = (np.mean([played(floor=floor, seed=s) for s in range(20)], axis=0) for floor in (0.05, 0.25))
    assert following[0] > equal[0] + 0.005
    assert following[1] > 0.6
