"""Declared jobs: enqueued with the transaction, one at a time where asked, and run by a worker."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import cast

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.periodic import PeriodicRegistry

from guanxi.foundation.jobs.declare import every, job
from guanxi.foundation.jobs.jobs import forget_old, recover_stalled
from guanxi.foundation.jobs.queries import living_workers

pytestmark = pytest.mark.django_db(transaction=True)

said: list[str] = []


@job("tests.say")
def say(word: str) -> None:
    said.append(word)


@job("tests.alone", alone=True)
def say_alone() -> None:
    said.append("alone")


@job("tests.alone_for", alone_for="word")
def say_alone_for(word: str) -> None:
    said.append(word)


@job("tests.fails_once", attempts=2, alone=True)
def fail_once() -> None:
    """The first fails while another is asked for."""
    said.append("failed" if not said else "worked")
    if said == ["failed"]:
        fail_once.later()
        raise ZeroDivisionError


@every("0 4 * * *", "tests.tick")
def tick() -> None:
    said.append("tick")


@pytest.fixture(autouse=True)
def empty_queue(db: None) -> Iterator[None]:
    """Django does not flush tables it does not manage; other tests with transactions of their own leave jobs, too."""
    said.clear()
    empty()
    yield
    empty()


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


def waiting() -> list[str]:
    return list(ProcrastinateJob.objects.filter(status="todo").order_by("pk").values_list("task_name", flat=True))


def work_once() -> None:
    """A real worker that runs what waits, and stops."""

    async def run() -> None:
        connector = cast(DjangoConnector, app.connector).get_worker_connector()
        async with app.with_connector(connector).open_async() as queue:
            queue.periodic_registry = PeriodicRegistry()  # nothing but what the test asks for
            await queue.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)

    asyncio.run(run())


def test_a_job_waits_only_if_its_transaction_commits() -> None:
    with transaction.atomic():
        say.later(word="never")
        transaction.set_rollback(True)
    assert waiting() == []
    say.later(word="hello")
    assert waiting() == ["tests.say"]
    assert said == []


def test_a_worker_runs_what_waits() -> None:
    say.later(word="hello")
    work_once()
    assert said == ["hello"]
    assert waiting() == []


def test_a_lone_job_waits_once_and_does_not_spoil_the_transaction_that_asks_twice() -> None:
    with transaction.atomic():
        say_alone.later()
        say_alone.later()
        say.later(word="still here")
    assert waiting() == ["tests.alone", "tests.say"]


def test_a_job_can_be_alone_for_each_value_of_an_argument() -> None:
    for word in ("one", "other", "one"):
        say_alone_for.later(word=word)
    work_once()
    assert sorted(said) == ["one", "other"]


def test_a_lone_job_that_fails_while_the_next_one_waits_is_tried_again_before_it() -> None:
    fail_once.later()
    work_once()
    assert waiting() == ["tests.fails_once", "tests.fails_once"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")  # the pause is over
    work_once()
    assert said == ["failed", "worked", "worked"]


def test_a_ticking_job_can_also_be_asked_for() -> None:
    tick.later()
    work_once()
    assert said == ["tick"]
    assert ("tests.tick", "") in app.periodic_registry.periodic_tasks


def test_a_job_called_as_a_function_runs_here_and_now(run_pending_jobs: Callable[[], int]) -> None:
    say("now")
    say.later(word="later")
    assert run_pending_jobs() == 1
    assert said == ["now", "later"]


def test_the_job_of_a_killed_worker_runs_again() -> None:
    say.later(word="again")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes') RETURNING id"
        )
        worker = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
    assert living_workers() == 0
    assert living_workers(timedelta(minutes=10)) == 1
    recover_stalled()
    work_once()
    assert said == ["again"]


def test_the_lone_job_of_a_killed_worker_keeps_neither_its_next_one_nor_others_from_running() -> None:
    tick.later()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    tick.later()
    say.later(word="other")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'tests.say'")
    recover_stalled()
    work_once()
    assert set(said) == {"tick", "other"}
    assert waiting() == []


def test_a_worker_killed_while_it_recovers_jobs_does_not_end_recovery() -> None:
    recover_stalled.later()
    say.later(word="again")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    recover_stalled.later()
    work_once()
    work_once()
    assert said == ["again"]


def test_finished_jobs_are_forgotten_after_two_weeks() -> None:
    say.later(word="old")
    say.later(word="young")
    work_once()
    with connection.cursor() as cursor:
        oldest = "SELECT min(id) FROM procrastinate_jobs"
        cursor.execute(f"UPDATE procrastinate_events SET at = at - interval '15 days' WHERE job_id = ({oldest})")
    forget_old()
    assert [job.args for job in ProcrastinateJob.objects.all()] == [{"word": "young"}]
