"""Nothing was sent, so nothing may be found: campaigns drawn over the wholesaler's past, revenue as the outcome.

A few customers buy for thousands of others (skewness 17 to 25). With a control of one tenth the textbook interval
(Welch's) sees an effect in 12 to 19 of a hundred campaigns that never were.
"""

from datetime import date

import ibis.expr.types as ir
import numpy as np
import pytest

from guanxi.analytical.experiments import Moments, confidence_sequence, difference, uniforms, verdict
from guanxi.analytical.value import calibration_and_holdout

SEEDS = 200
Outcome = tuple[np.ndarray, np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def november(wholesaler: ir.Table) -> Outcome:
    """Customers known on 8 November 2011, their revenue until then, and their sales of the 30 days after it."""
    table = calibration_and_holdout(wholesaler, date(2011, 11, 8), days=30).to_pyarrow()
    return tuple(table[c].to_numpy() for c in ("party", "revenue", "future_sales"))  # type: ignore[return-value]


def false_findings(outcome: Outcome, control_share: float, *, seeds: int = SEEDS) -> tuple[float, float, float]:
    """Share of seeds that show an effect: fixed interval, sequence at its end, Welch's interval."""
    party, before, after = outcome
    found = []
    for seed in range(seeds):
        control = uniforms(f"a/a {seed}", party.tolist()) < control_share
        arms = [Moments.of(after[mask], before[mask]) for mask in (control, ~control)]
        judged = verdict(*arms, shares=[control_share, 1 - control_share], has_ended=True)
        welch = np.sqrt(sum(arm.var_y / (arm.n - 1) for arm in arms))
        plain = abs(arms[1].mean_y - arms[0].mean_y) > 1.96 * welch
        found.append((judged.increment.shows_effect, judged.sequence.shows_effect, plain))
    fixed, sequence, welch = np.mean(found, axis=0)
    return float(fixed), float(sequence), float(welch)


@pytest.mark.parametrize("control_share", [0.5, 0.1, 0.05])
def test_an_a_a_campaign_shows_an_effect_in_at_most_9_percent_and_the_sequence_in_6(
    november: Outcome, control_share: float
) -> None:
    fixed, sequence, _ = false_findings(november, control_share)
    assert fixed <= 0.09
    assert sequence <= 0.06


def test_the_textbook_interval_would_break_that_promise_with_a_small_control(november: Outcome) -> None:
    *_, welch = false_findings(november, 0.1)
    assert welch > 0.09


def test_the_sequence_keeps_its_promise_while_purchases_come_in(wholesaler: ir.Table) -> None:
    """All are treated at once and purchases come in: the information is the share of the window that has passed."""
    assert stopped_on_some_day(wholesaler, np.arange(3, 31, 3), seeds=60) <= 0.06


@pytest.mark.prove
def test_the_sequence_keeps_its_promise_at_a_look_on_every_day_of_the_window(wholesaler: ir.Table) -> None:
    assert stopped_on_some_day(wholesaler, np.arange(1, 31), seeds=1000) <= 0.06


def stopped_on_some_day(lines: ir.Table, days: np.ndarray, *, seeds: int) -> float:
    tables = [calibration_and_holdout(lines, date(2011, 11, 8), days=int(day)).to_pyarrow() for day in days]
    party = tables[0].sort_by("party")["party"].to_numpy()
    sales = [table.sort_by("party")["future_sales"].to_numpy() for table in tables]
    stopped = 0
    for seed in range(seeds):
        control = uniforms(f"looks {seed}", party.tolist()) < 0.2
        stopped += any(
            look_shows_effect(after, control, float(day / days[-1])) for after, day in zip(sales, days, strict=True)
        )
    return stopped / seeds


def look_shows_effect(after: np.ndarray, control: np.ndarray, information: float) -> bool:
    effect = difference(Moments.of(after[control]), Moments.of(after[~control]))
    return confidence_sequence(effect, information=information).shows_effect
