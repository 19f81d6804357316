"""Declaring a job: ``@job("channels.deliver")`` or ``@every("0 2 * * *", "insight.tick")`` above a function in an app's
``jobs.py``.
"""

from collections.abc import Callable
from typing import Generic, ParamSpec, cast

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task
from procrastinate.types import JSONDict

P = ParamSpec("P")

BACK_OFF = 4  # seconds, then their powers: 4 s, 16 s, 64 s, 4 min, 17 min


class Job(Generic[P]):
    """A declared job: call it to run it here and now, or `later` to have a worker run it."""

    def __init__(self, work: Callable[P, None], task: Task[..., None, ...]) -> None:
        self.work = work
        self.name = task.name
        self._task = task

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.work(*args, **kwargs)

    def later(self, *_: P.args, **kwargs: P.kwargs) -> None:
        """Enqueue within the running transaction; the arguments are JSON. A lone job that waits already is enough."""
        try:
            with transaction.atomic():
                self._task.configure(task_kwargs=cast(JSONDict, kwargs)).defer()
        except AlreadyEnqueued:
            return


def job(name: str, *, attempts: int = 5, alone: bool = False) -> Callable[[Callable[P, None]], Job[P]]:
    """Declare a job.

    Args:
        name: app first, ``"channels.deliver"``; it is stored with waiting jobs and never changes.
        attempts: how often it is tried again after an exception, waiting longer each time.
        alone: at most one waits and at most one runs.
    """

    def declare(work: Callable[P, None]) -> Job[P]:
        return Job(work, _task(name, work, attempts=attempts, alone=alone))

    return declare


def every(cron: str, name: str, *, attempts: int = 0) -> Callable[[Callable[[], None]], Job[[]]]:
    """Declare a job that ticks by a cron expression (UTC; a sixth field at the end counts seconds). It runs alone.

    By default the next tick is the retry; give `attempts` to a job that ticks rarely.
    """

    def declare(work: Callable[[], None]) -> Job[[]]:
        def tick(timestamp: int | None = None) -> None:
            work()

        task = _task(name, tick, attempts=attempts, alone=True)
        app.periodic(cron=cron, queueing_lock=name, lock=name)(task)
        return Job(work, task)

    return declare


def _task(name: str, work: Callable[..., None], *, attempts: int, alone: bool) -> Task[..., None, ...]:
    retry = RetryStrategy(max_attempts=attempts, exponential_wait=BACK_OFF) if attempts else False
    lock = name if alone else None
    return app.task(name=name, retry=retry, lock=lock, queueing_lock=lock)(work)
