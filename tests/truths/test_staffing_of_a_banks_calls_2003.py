"""A bank's telephone in 2003 (Weinberg, Brown & Stroud 2007): is the promise kept when the calls come as they came?"""

from collections.abc import Callable

import numpy as np
import pytest

from guanxi.analytical.staffing import Target, patient_queue, staff, staff_scenarios
from tests.truths.conftest import beside

DAYS, LEARNT, HALF_HOURS = 10, 20, 28
CALL = 3.0  # minutes; the file has no lengths
TARGET = Target(within=1 / 3, answered=0.8, occupancy=1.0)


@pytest.fixture(scope="module")
def calls() -> np.ndarray:
    """Calls a half hour, 164 working days of 28 half hours."""
    counts = beside("bank_calls_5min/fpp3_bank_calls.parquet")["Calls"].to_numpy().reshape(164, 169)
    return counts[:, :168].reshape(164, HALF_HOURS, 6).sum(axis=2).astype(float)


def answered(calls: np.ndarray, agents: np.ndarray) -> float:
    """Share of the calls of the last ten days that so many agents answer in time."""
    came = calls[-DAYS:]
    lines = [
        patient_queue(int(n), c / 30, CALL, within=TARGET.within)
        for n, c in zip(agents.ravel(), came.ravel(), strict=True)
    ]
    return float(sum(line.answered_within * c for line, c in zip(lines, came.ravel(), strict=True)) / came.sum())


def plan(calls: np.ndarray, planner: Callable[[np.ndarray], int]) -> np.ndarray:
    days = range(len(calls) - DAYS, len(calls))
    return np.array([[planner(calls[day - LEARNT : day, at]) for at in range(HALF_HOURS)] for day in days])


def test_the_mean_of_twenty_days_breaks_the_promise_and_all_of_them_together_keep_it(calls: np.ndarray) -> None:
    by_mean = plan(calls, lambda past: staff(past.mean(), 30, CALL, TARGET).agents)
    by_scenarios = plan(calls, lambda past: staff_scenarios(past, 30, CALL, TARGET).agents)
    assert answered(calls, by_mean) == pytest.approx(0.584, abs=0.0005)
    assert answered(calls, by_scenarios) == pytest.approx(0.797, abs=0.0005)
    assert by_scenarios.sum() / by_mean.sum() < 1.08
