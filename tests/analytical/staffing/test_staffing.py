"""How many people answer, and how long customers wait."""

from math import inf, isfinite

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.analytical import AnalysisError
from guanxi.analytical.staffing import (
    Queue,
    Target,
    day_plan,
    erlang_b,
    erlang_c,
    impatient_queue,
    patient_queue,
    positions,
    rule_of_thumb,
    staff,
    staff_scenarios,
)

CALLS = {"rate": 100 / 30, "handling": 3.0, "within": 1 / 3}


def simulated(agents: int, patience: float, calls: int, seed: int) -> tuple[float, float, float, float]:
    """Shares who wait, hang up and are answered in time, and mean wait of the answered, of calls played one by one."""
    rng = np.random.default_rng(seed)
    arrivals = np.cumsum(rng.exponential(1 / CALLS["rate"], calls))
    lasts, bears = rng.exponential(CALLS["handling"], calls), rng.exponential(patience, calls)
    free_at = np.zeros(agents)
    waited = lost = 0
    waits = []
    for at, needs, patient in zip(arrivals, lasts, bears, strict=True):
        first = free_at.argmin()
        delay = max(free_at[first] - at, 0.0)
        waited += delay > 0
        if delay > patient:
            lost += 1
        else:
            waits.append(delay)
            free_at[first] = at + delay + needs
    in_time = np.mean(np.array(waits) <= CALLS["within"]) * len(waits) / calls
    return waited / calls, lost / calls, float(in_time), float(np.mean(waits))


def test_a_line_in_which_nobody_hangs_up_is_the_limit_of_endless_patience() -> None:
    endless, long = patient_queue(14, **CALLS), impatient_queue(14, **CALLS, patience=1e9)
    assert impatient_queue(14, **CALLS, patience=inf) == endless
    assert (long.waits, long.answered_within, long.wait_of_answered) == pytest.approx(
        (endless.waits, endless.answered_within, endless.wait_of_answered), rel=1e-6
    )


def test_without_any_patience_a_line_loses_what_erlang_b_says() -> None:
    none, hardly = impatient_queue(14, **CALLS, patience=0), impatient_queue(14, **CALLS, patience=1e-6)
    assert none.abandoned == erlang_b(14, 10)
    assert hardly.abandoned == pytest.approx(none.abandoned, rel=1e-5)


@pytest.mark.parametrize(("agents", "patience"), [(8, 3.0), (12, 1.0), (14, 10.0)])
def test_a_line_played_through_agrees_with_erlang_a(agents: int, patience: float) -> None:
    waits, lost, in_time, wait = simulated(agents, patience, 120_000, seed=1)
    line = impatient_queue(agents, **CALLS, patience=patience)
    assert line.waits == pytest.approx(waits, abs=0.012)
    assert line.abandoned == pytest.approx(lost, abs=0.006)
    assert line.answered_within == pytest.approx(in_time, abs=0.012)
    assert line.wait_of_answered == pytest.approx(wait, rel=0.05)


def test_more_work_than_agents_is_an_endless_wait_unless_callers_hang_up() -> None:
    assert patient_queue(8, **CALLS) == Queue(8, pytest.approx(10.0), 1.0, 0.0, inf, 1.0)
    impatient = impatient_queue(8, **CALLS, patience=1e4)
    assert impatient.abandoned == pytest.approx(0.2, abs=1e-6)
    assert impatient.occupancy == pytest.approx(1.0)


def test_blocking_of_one_agent_and_of_two_is_what_the_formula_gives_by_hand() -> None:
    assert erlang_b(0, 2.0) == 1
    assert erlang_b(1, 2.0) == pytest.approx(2 / 3)
    assert erlang_b(2, 2.0) == pytest.approx(2 / 5)
    assert erlang_c(1, 0.5) == pytest.approx(0.5)


def test_ten_thousand_agents_are_no_trouble() -> None:
    assert erlang_b(10_000, 10_000) == pytest.approx(0.00793665, rel=1e-4)
    assert 0 < erlang_c(10_100, 10_000) < 1
    assert isfinite(impatient_queue(10_000, 4_000, 3.0, patience=2.0, within=0.3).answered_within)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 400),
    st.floats(1e-3, 1e3),
    st.floats(1e-2, 1e2),
    st.floats(1e-6, 1e9) | st.just(inf),
    st.floats(0, 1e3),
)
def test_every_line_has_shares_between_0_and_1(
    agents: int, rate: float, time: float, patience: float, t: float
) -> None:
    line = impatient_queue(agents, rate, time, patience=patience, within=t)
    for share in (line.waits, line.answered_within, line.occupancy, line.abandoned):
        assert -1e-9 <= share <= 1 + 1e-9
    more = impatient_queue(agents + 1, rate, time, patience=patience, within=t)
    assert more.answered_within >= line.answered_within - 1e-7
    assert more.abandoned <= line.abandoned + 1e-7


@settings(max_examples=40, deadline=None)
@given(st.floats(0.1, 3000), st.floats(0.1, 30), st.floats(0.05, 5), st.floats(0.3, 0.99), st.floats(0.5, 1))
def test_one_agent_fewer_would_break_the_promise(n: float, time: float, t: float, share: float, busy: float) -> None:
    target = Target(within=t, answered=share, occupancy=busy)
    found = staff(n, 30, time, target)
    assert found.queue.answered_within >= share
    assert found.queue.occupancy <= busy
    fewer = patient_queue(found.agents - 1, n / 30, time, within=t)
    assert fewer.answered_within < share or fewer.occupancy > busy


def test_a_line_whose_callers_hang_up_needs_fewer_people() -> None:
    patient = staff(100, 30, 3, Target(within=1 / 3, occupancy=1))
    impatient = staff(100, 30, 3, Target(within=1 / 3, occupancy=1, patience=2))
    assert impatient.agents < patient.agents


def test_a_day_is_as_long_as_its_intervals_and_quiet_ones_cost_nothing() -> None:
    plan = day_plan([0, 100, 10], [3, 3, 3], Target(within=1 / 3), interval=30)
    assert [one.positions if one else 0 for one in plan.intervals] == [0, 20, 5]
    assert (plan.peak, plan.paid) == (20, 25)
    assert 0.8 <= plan.answered_within <= 1
    assert day_plan([], [], Target(within=1 / 3), interval=30).paid == 0


def test_whoever_knows_what_will_come_needs_no_scenarios_and_who_does_not_needs_more_people() -> None:
    target = Target(within=1 / 3, occupancy=1)
    known, unsure = staff_scenarios([100, 100], 30, 3, target), staff_scenarios([60, 140], 30, 3, target)
    assert known.agents == known.for_mean == unsure.for_mean == staff(100, 30, 3, target).agents
    assert unsure.agents > known.agents
    assert unsure.answered_within >= 0.8
    assert unsure.kept == 0.5  # the lively day is carried by the quiet one


def test_shrinkage_is_what_must_be_paid_beside_the_line() -> None:
    assert (positions(14, 0.3), positions(7, 0.3), positions(14, 0)) == (20, 10, 14)
    assert rule_of_thumb(8.5, 0.85) == 10


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: staff(-1, 30, 3, Target(within=1)),
        lambda: staff(10, 30, float("nan"), Target(within=1)),
        lambda: staff(1e12, 30, 3, Target(within=1)),
        lambda: patient_queue(3, 1, 1, within=-1),
        lambda: patient_queue(-3, 1, 1, within=1),
        lambda: impatient_queue(3, 1, 1, patience=-1, within=1),
        lambda: Target(within=1, answered=1),
        lambda: positions(3, 1),
        lambda: day_plan([1, 2], [3], Target(within=1), interval=30),
        lambda: erlang_b(3, inf),
        lambda: staff_scenarios([0, 0], 30, 3, Target(within=1)),
    ],
)
def test_figures_that_make_no_sense_are_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(AnalysisError):
        wrong()
