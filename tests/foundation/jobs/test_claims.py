"""Many workers share a table of work: nothing is lost and nothing is done twice, whoever is killed."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Count

from guanxi.foundation.jobs.claims import ClaimLostError, claim, settle

from .worker import Effect, Errand, run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def tables() -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Errand)
        editor.create_model(Effect)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Effect)
        editor.delete_model(Errand)


def test_a_row_is_claimed_by_one_worker_until_its_lease_runs_out() -> None:
    Errand.objects.bulk_create(Errand() for _ in range(5))
    waiting = Errand.objects.filter(done=False)
    assert [errand.pk for errand in claim(waiting, limit=3)] == sorted(Errand.objects.values_list("pk", flat=True))[:3]
    assert len(claim(waiting, limit=3)) == 2
    assert claim(waiting, limit=3) == []
    assert len(claim(waiting, limit=9, lease=timedelta(0))) == 5


def test_the_order_of_the_queryset_is_the_order_of_claiming() -> None:
    Errand.objects.bulk_create(Errand() for _ in range(3))
    first = claim(Errand.objects.order_by("-pk"), limit=1)
    assert first == [Errand.objects.order_by("-pk").first()]


def test_rows_that_another_transaction_holds_are_skipped_not_waited_for() -> None:
    Errand.objects.bulk_create(Errand() for _ in range(2))
    held = Errand.objects.first()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT 1 FROM errands_errand WHERE id = %s FOR UPDATE", [held.pk])
        assert [errand.pk for errand in claim(Errand.objects.all(), limit=9)] == [held.pk + 1]
    other.close()


def test_who_lost_the_claim_cannot_settle_and_its_effects_are_undone() -> None:
    Errand.objects.create()
    (slow,) = claim(Errand.objects.all(), limit=1)
    (quick,) = claim(Errand.objects.all(), limit=1, lease=timedelta(0))
    with pytest.raises(ClaimLostError):
        run(slow)
    assert not Effect.objects.exists()
    run(quick)
    assert Effect.objects.count() == 1


def test_a_row_that_is_given_back_can_be_claimed_at_once() -> None:
    Errand.objects.create()
    (errand,) = claim(Errand.objects.all(), limit=1)
    settle(errand, claimed_at=None)
    assert claim(Errand.objects.all(), limit=1) == [errand]


def test_a_claim_is_never_part_of_a_larger_transaction() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        claim(Errand.objects.all())


def test_thousands_of_rows_survive_workers_that_are_killed() -> None:
    work_off_under_fire(rows=3_000, kills=5)


@pytest.mark.prove
def test_twenty_thousand_rows_survive_forty_killed_workers(record_property: pytest.FixtureRequest) -> None:
    killed = work_off_under_fire(rows=20_000, kills=40)
    record_property("rows", 20_000)
    record_property("workers killed with -9", killed)
    record_property("lost", 0)
    record_property("done twice", 0)


def work_off_under_fire(*, rows: int, kills: int) -> int:
    """Three workers at a time; every now and then one is killed and replaced. How many were killed at work."""
    Errand.objects.bulk_create((Errand() for _ in range(rows)), batch_size=5_000)
    chance, killed = random.Random(20260101), 0
    workers = [start_worker() for _ in range(3)]
    try:
        while any(worker.poll() is None for worker in workers) or Errand.objects.filter(done=False).exists():
            time.sleep(chance.uniform(0.05, 0.4))
            place = chance.randrange(3)
            if killed < kills and workers[place].poll() is None and Effect.objects.exists():
                workers[place].kill()
                killed += 1
            if workers[place].poll() not in (None, 0):
                workers[place] = start_worker()
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    doubled = Effect.objects.values("errand").annotate(times=Count("pk")).filter(times__gt=1)
    assert list(doubled) == []
    assert Effect.objects.count() == rows
    assert killed > 0
    return killed


def start_worker() -> "subprocess.Popen[bytes]":
    place = connection.settings_dict
    arguments = [place["HOST"], str(place["PORT"]), place["USER"], place["NAME"]]
    return subprocess.Popen([sys.executable, "-m", "tests.foundation.jobs.worker", *arguments])
