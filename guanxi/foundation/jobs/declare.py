"""Declaring a job: ``@job("channels.deliver")`` or ``@every("0 2 * * *", "insight.tick")`` above a function in an app's
``jobs.py``.
"""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec, cast

from django.db import connection, transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task
from procrastinate.types import JSONDict

P = ParamSpec("P")

BACK_OFF = 4  # seconds, then their powers: 4 s, 16 s, 64 s, 4 min, 17 min


class Job(Generic[P]):
    """A declared job: call it to run it here and now, or `later` to have a worker run it."""

    def __init__(self, work: Callable[P, None], task: Task[..., None, ...], alone_for: str = "") -> None:
        self.work = work
        self.name = task.name
        self._task = task
        self._alone_for = alone_for

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.work(*args, **kwargs)

    def later(self, *_: P.args, **kwargs: P.kwargs) -> None:
        """Enqueue within the running transaction; the arguments are JSON. A lone job that waits already is enough."""
        lock = f"{self.name}:{kwargs[self._alone_for]}" if self._alone_for else self._task.lock
        try:
            with transaction.atomic():
                self._task.configure(task_kwargs=cast(JSONDict, kwargs), lock=lock, queueing_lock=lock).defer()
        except AlreadyEnqueued:
            return


def job(
    name: str, *, attempts: int = 5, alone: bool = False, alone_for: str = ""
) -> Callable[[Callable[P, None]], Job[P]]:
    """Declare a job.

    Args:
        name: app first, ``"channels.deliver"``; it is stored with waiting jobs and never changes.
        attempts: how often it is tried again after an exception, waiting longer each time.
        alone: at most one waits and at most one runs.
        alone_for: an argument; the same, but for each value of it.
    """

    def declare(work: Callable[P, None]) -> Job[P]:
        return Job(work, _task(name, work, attempts=attempts, lock=name if alone else None), alone_for)

    return declare


def every(cron: str, name: str, *, attempts: int = 0, alone: bool = True) -> Callable[[Callable[[], None]], Job[[]]]:
    """Declare a job that ticks by a cron expression (UTC; a sixth field at the end counts seconds). It runs alone.

    By default the next tick is the retry; give `attempts` to a job that ticks rarely. One that is not `alone` also
    begins while a worker still has the tick before.
    """

    def declare(work: Callable[[], None]) -> Job[[]]:
        def tick(timestamp: int | None = None) -> None:
            work()

        lock = name if alone else None
        task = _task(name, tick, attempts=attempts, lock=lock)
        app.periodic(cron=cron, queueing_lock=name, lock=lock)(task)
        return Job(work, task)

    return declare


def _task(name: str, work: Callable[..., None], *, attempts: int, lock: str | None) -> Task[..., None, ...]:
    retry = RetryStrategy(max_attempts=attempts, exponential_wait=BACK_OFF) if attempts else False
    task = app.task(name=name, retry=retry, lock=lock, queueing_lock=lock, task_middleware=[_let_next_wait])
    return task(work)


def _let_next_wait(work: Callable[[], Any], context: JobContext, _worker: object) -> Any:
    """What has begun is waiting no more: else the queue could not take it back for another attempt beside the next."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = %s", [context.job.id])
    return work()
