"""Launches are killed at random points; everybody is examined, drawn, and written to exactly as if nothing had been."""

import random

import pytest

from guanxi.customer.models import Outbox
from guanxi.foundation.accounts.models import User
from guanxi.insight.models import Assignment, Exposure
from guanxi.operational.marketing.actions import launch_campaign
from guanxi.operational.marketing.models import Launch
from tests.customer.incoming import known
from tests.killing import kill_at_random, run_until
from tests.operational.marketing.campaigns import planned
from tests.willing import willing
from tests.world import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]


def prove_launch(by: User, *, customers: int, kills: int) -> None:
    for number in range(customers):
        willing(f"Wang{number}")
    silent = {known(f"Silent{number}", email=f"s{number}@example.com").pk for number in range(customers // 10)}
    launch = launch_campaign(campaign=planned(by, control_share=0.3), by=by, at=NOW)
    kill_at_random("launch", launch.pk, rounds=kills, longest=0.3, chance=random.Random(7))
    run_until("launch", launch.pk, lambda: Launch.objects.get(pk=launch.pk).dispatched_at is not None)
    drawn = dict(Assignment.objects.values_list("party", "arm"))
    assert len(drawn) == Assignment.objects.count() == customers
    assert set(launch.left_out.values_list("party", flat=True)) == silent
    reached = {party for party, arm in drawn.items() if arm != Assignment.Arm.HOLDOUT}
    assert sorted(Exposure.objects.values_list("party", flat=True)) == sorted(reached)
    treated = {party for party, arm in drawn.items() if arm == Assignment.Arm.TREATED}
    assert sorted(Outbox.objects.values_list("party", flat=True)) == sorted(treated)


def test_a_launch_killed_in_a_loop_writes_to_everybody_once(sue: User) -> None:
    prove_launch(sue, customers=600, kills=20)
