"""The worked example of every Erlang calculator: 100 calls in 30 minutes of 3 minutes each, 80 % within 20 seconds."""

import pytest

from guanxi.analytical.staffing import Target, staff


def test_a_hundred_calls_in_half_an_hour_need_14_agents_and_20_positions() -> None:
    found = staff(100, 30 * 60, 180, Target(within=20, answered=0.8, occupancy=0.85, shrinkage=0.3))
    assert (found.agents, found.positions) == (14, 20)
    line = found.queue
    assert (round(line.answered_within, 3), round(line.occupancy, 3), round(line.waits, 3)) == (0.888, 0.714, 0.174)
    assert line.wait_of_answered == pytest.approx(7.8, abs=0.05)


def test_the_rule_of_thumb_sends_two_agents_too_few() -> None:
    found = staff(100, 30 * 60, 180, Target(within=20))
    assert found.rule_of_thumb == 12
    assert found.rule_queue.answered_within == pytest.approx(0.640, abs=0.0005)
