"""What another rule would have earned."""

from collections.abc import Callable

import numpy as np
import pytest

from guanxi.analytical import AnalysisError, NotEnoughDataError
from guanxi.analytical.experiments import (
    Arm,
    Design,
    Log,
    PolicyValue,
    assign_all,
    doubly_robust,
    inverse_propensity,
    self_normalised,
)


def logged(n: int, seed: int, *, base: float = 0.0) -> tuple[Log, np.ndarray]:
    """Customers of two kinds: a call is worth 2 more to the second kind and 1 less to the first; kind told the odds."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, 2, n)
    chance = np.where(kind == 1, 0.8, 0.3)
    called = (rng.random(n) < chance).astype(np.int64)
    outcome = base + kind + called * np.where(kind == 1, 2.0, -1.0) + rng.normal(0, 1, n)
    return Log(("none", "call"), outcome, called, np.column_stack([1 - chance, chance])), kind


def expectation(kind: np.ndarray, base: float = 0.0) -> np.ndarray:
    return np.column_stack([base + kind, base + kind + np.where(kind == 1, 2.0, -1.0)])


def to_the_second_kind(log: Log, kind: np.ndarray) -> np.ndarray:
    return log.rule(np.where(kind == 1, "call", "none"))


def test_a_hand_worked_example() -> None:
    """Two of three chances of a half and one of a quarter: weights 2, 0 and 4 on outcomes 10, 20 and 5, 20 times over."""
    log = Log(
        ("a", "b"),
        np.tile([10.0, 20.0, 5.0], 20),
        np.tile([0, 1, 0], 20),
        np.tile([[0.5, 0.5], [0.5, 0.5], [0.25, 0.75]], (20, 1)),
    )
    rule = log.rule("a")
    assert inverse_propensity(log, rule).value == pytest.approx((2 * 10 + 4 * 5) / 3)
    assert self_normalised(log, rule).value == pytest.approx((2 * 10 + 4 * 5) / 6)
    assert doubly_robust(log, rule, np.tile([8.0, 1.0], (60, 1))).value == pytest.approx(8 + (2 * 2 - 4 * 3) / 3)
    assert inverse_propensity(log, rule).effective == pytest.approx(120**2 / (20 * (4 + 16)))
    assert inverse_propensity(log, rule).heaviest == 4


def by_a_wrong_model(log: Log, rule: np.ndarray) -> PolicyValue:
    return doubly_robust(log, rule, np.tile([3.0, -3.0], (len(log.outcomes), 1)))


@pytest.mark.parametrize("method", [inverse_propensity, self_normalised, by_a_wrong_model])
def test_the_truth_lies_in_95_of_100_intervals_though_kind_decided_who_was_called(
    method: Callable[[Log, np.ndarray], PolicyValue],
) -> None:
    """Half of the customers are worth 0 untreated, half 3 when called: 1.5 under the rule."""
    found = [method(log, to_the_second_kind(log, kind)) for log, kind in (logged(800, seed) for seed in range(400))]
    assert np.mean([each.low <= 1.5 <= each.high for each in found]) == pytest.approx(0.95, abs=0.03)
    assert np.mean([each.value for each in found]) == pytest.approx(1.5, abs=0.02)


def test_the_naive_mean_of_those_treated_alike_is_wrong_and_the_estimates_are_not() -> None:
    """All called: 1 under the rule, (−1 + 3) / 2; those who were called are mostly of the second kind."""
    log, kind = logged(40_000, 1)
    assert log.outcomes[log.taken == 1].mean() > 1.5
    estimates = [inverse_propensity(log, log.rule("call")), self_normalised(log, log.rule("call"))]
    for each in [*estimates, doubly_robust(log, log.rule("call"), expectation(kind))]:
        assert each.value == pytest.approx(1.0, abs=0.06)


def test_a_good_model_narrows_the_interval_and_a_constant_widens_only_the_plain_one() -> None:
    log, kind = logged(2000, 3, base=100.0)
    rule = to_the_second_kind(log, kind)
    plain, normalised = inverse_propensity(log, rule), self_normalised(log, rule)
    robust = doubly_robust(log, rule, expectation(kind, 100.0))
    assert robust.standard_error < normalised.standard_error < plain.standard_error / 10
    assert robust.gain_low > 0


def test_the_rule_in_force_gains_nothing() -> None:
    log, _ = logged(500, 4)
    same = self_normalised(log, log.probabilities)
    assert (same.gain, same.gain_low, same.gain_high) == pytest.approx((0, 0, 0), abs=1e-9)
    assert same.effective == pytest.approx(500)


def test_a_rule_that_wants_what_was_never_tried_is_refused() -> None:
    chance = np.tile([[0.5, 0.5, 0.0]], (100, 1))
    log = Log(("none", "mail", "visit"), np.ones(100), np.tile([0, 1], 50), chance)
    with pytest.raises(AnalysisError, match="visit"):
        inverse_propensity(log, log.rule("visit"))
    assert inverse_propensity(log, log.rule("mail")).value == 1


def test_a_rule_that_hardly_ever_agrees_with_what_was_done_is_refused() -> None:
    chance = np.tile([[0.99, 0.01]], (1000, 1))
    log = Log(("none", "call"), np.ones(1000), (np.arange(1000) < 10).astype(np.int64), chance)
    with pytest.raises(NotEnoughDataError, match="10 customers"):
        self_normalised(log, log.rule("call"))
    empty = Log(("none", "call"), np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros((0, 2)))
    with pytest.raises(NotEnoughDataError):
        inverse_propensity(empty, empty.rule("call"))


def test_rounds_of_a_design_that_moved_are_read_together() -> None:
    """The better arm got more in the second round, when all bought more: the plain means are wrong, the weighted right."""
    rng = np.random.default_rng(5)
    log = None
    for turn, share in enumerate((0.5, 0.9)):
        design = Design(f"round {turn}", (Arm("mail", 1 - share), Arm("call", share)), "held", 0.1)
        given = assign_all(design, range(turn * 20_000, turn * 20_000 + 20_000))
        outcome = rng.normal(turn * 10, 1, 20_000) + (given == "call")
        one = Log.of(design, given, outcome)
        log = one if log is None else log + one
    assert log is not None
    call, mail = (self_normalised(log, log.rule(arm)) for arm in ("call", "mail"))
    naive = log.outcomes[log.taken == 1].mean() - log.outcomes[log.taken == 0].mean()
    assert naive > 3
    assert call.value - mail.value == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize(
    ("outcomes", "taken", "chances"),
    [
        ([1.0, np.nan], [0, 1], [[0.5, 0.5]] * 2),
        ([1.0, 2.0], [0, 2], [[0.5, 0.5]] * 2),
        ([1.0, 2.0], [0, -1], [[0.5, 0.5]] * 2),
        ([1.0, 2.0], [0.0, 0.5], [[0.5, 0.5]] * 2),
        ([1.0, 2.0], [0, 1], [[0.5, 0.6]] * 2),
        ([1.0, 2.0], [0, 1], [[1.5, -0.5]] * 2),
        ([1.0, 2.0], [0, 1], [[1.0, 0.0]] * 2),
        ([1.0, 2.0], [0, 1], [[0.5, 0.5]] * 3),
        ([1.0, 2.0], [0, 1], [[0.2, 0.3, 0.5]] * 2),
    ],
)
def test_a_log_that_makes_no_sense_is_refused(outcomes: list, taken: list, chances: list) -> None:
    with pytest.raises(AnalysisError):
        Log(("a", "b"), np.array(outcomes), np.array(taken), np.array(chances))


def test_an_unknown_arm_is_refused() -> None:
    design = Design("s", (Arm("mail", 0.5), Arm("call", 0.5)))
    with pytest.raises(AnalysisError, match="fax"):
        Log.of(design, ["mail", "fax"], [1, 2])
    with pytest.raises(AnalysisError, match="not in the log"):
        Log.of(design, ["mail", "call"], [1, 2]).rule("fax")
    with pytest.raises(AnalysisError, match="different lengths"):
        Log.of(design, ["mail", "call"], [1, 2]).rule(["mail"] * 3)
