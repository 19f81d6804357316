"""Looking again and again: Waudby-Smith et al. (arXiv 2103.06476) keep the promise that the usual interval breaks."""

from collections.abc import Callable

import numpy as np
import pytest

from guanxi.analytical.experiments import Moments, boundary, confidence_sequence, difference, power

LOOKS = 20
PER_LOOK = 500
BUYERS = 0.10


def stopped(runs: int, seed: int, *, lift: float = 0.0) -> tuple[float, float]:
    """Share of runs in which some look shows an effect: by the usual interval, by the sequence."""
    rng = np.random.default_rng(seed)
    shares = [BUYERS, BUYERS * (1 + lift)]
    bought = np.cumsum([rng.binomial(PER_LOOK, share, (runs, LOOKS)) for share in shares], axis=2)
    outcomes = [run_looks(bought[0, run], bought[1, run]) for run in range(runs)]
    usual, sequence = np.array(outcomes).mean(axis=0)
    return float(usual), float(sequence)


def run_looks(control: np.ndarray, treated: np.ndarray) -> tuple[bool, bool]:
    usual = sequence = False
    for look in range(1, LOOKS + 1):
        n = look * PER_LOOK
        effect = difference(Moments.of_count(n, int(control[look - 1])), Moments.of_count(n, int(treated[look - 1])))
        usual |= effect.shows_effect
        sequence |= confidence_sequence(effect, information=look / LOOKS).shows_effect
    return usual, sequence


def test_without_an_effect_the_usual_interval_stops_in_a_quarter_of_runs_the_sequence_hardly_ever() -> None:
    usual, sequence = stopped(400, seed=1)
    assert usual == pytest.approx(0.25, abs=0.06)
    assert sequence <= 0.03


@pytest.mark.prove
def test_in_4000_runs_the_usual_interval_stops_in_25_percent_the_sequence_in_1_percent(
    record_property: Callable[[str, object], None],
) -> None:
    usual, sequence = stopped(4000, seed=2)
    record_property("falsely stopped by the usual interval", usual)
    record_property("falsely stopped by the 95 % sequence", sequence)
    assert usual == pytest.approx(0.25, abs=0.02)
    assert sequence == pytest.approx(0.01, abs=0.006)


def test_a_fifth_more_buyers_on_ten_percent_is_found_with_ten_thousand_in_each_arm() -> None:
    error = np.sqrt(0.10 * 0.90 / 10_000 + 0.12 * 0.88 / 10_000)
    assert power(0.02, error) >= 0.99
    assert power(0.02, error, critical=boundary(1)) >= 0.90


@pytest.mark.prove
def test_in_1000_simulated_runs_the_sequence_finds_that_effect_in_nine_of_ten(
    record_property: Callable[[str, object], None],
) -> None:
    _, sequence = stopped(1000, seed=3, lift=0.20)
    record_property("+20 % on 10 % found by the sequence, 10,000 in each arm", sequence)
    assert sequence >= 0.90
