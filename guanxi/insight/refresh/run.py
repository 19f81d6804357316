"""One refresh: from the history and the record to everybody's readings, in steps that a kill does not repeat."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from guanxi.foundation.history import store
from guanxi.foundation.locks import Lock, tried
from guanxi.insight.engines import chosen
from guanxi.insight.models import Refresh, RefreshStep
from guanxi.insight.refresh.folder import Folder, refreshes
from guanxi.insight.refresh.progress import Progress, Watcher, unwatched
from guanxi.insight.refresh.reading import LINES
from guanxi.insight.refresh.steps import STEPS, Step, Work

LATELY = timedelta(hours=1)


class RefreshRunning(UserError):
    """Another refresh is at work, and will publish."""


def refresh(*, as_of: datetime, at: datetime, by: User | None, progress: Watcher = unwatched) -> Refresh:
    """Compute all readings from the facts up to and including the day of `as_of`, and publish them at once.

    A refresh of the same day that was cut within the last hour is resumed where it stopped, unless facts have come in
    since: it then publishes as of its own moment. Readers see the old readings until the new ones are complete. `at` is
    the present moment, for the ledger; `progress` hears of every step.

    Raises:
        RefreshRunning: another refresh is running.
    """
    with without_refresh():
        run = _begun(as_of=as_of, at=at, by=by)
        try:
            _work_through(run, at=at, progress=progress)
        except Exception as problem:
            Refresh.objects.filter(pk=run.pk).update(failed_at=at, error=str(problem) or type(problem).__name__)
            raise
        _sweep(run)
        run.refresh_from_db()
        return run


@contextmanager
def without_refresh() -> Iterator[None]:
    """Hold the one place of a refresh, so that none begins meanwhile. Raises RefreshRunning."""
    with tried(Lock.REFRESH) as is_ours:
        if not is_ours:
            raise RefreshRunning(
                _("A refresh is already running. Its readings will be published when it is done; wait for it.")
            )
        yield


def _begun(*, as_of: datetime, at: datetime, by: User | None) -> Refresh:
    """The cut refresh to resume, else a new one."""
    cut = Refresh.objects.filter(published_at=None, failed_at=None).order_by("-pk").first()
    if cut is not None and _may_go_on(cut, as_of=as_of, at=at):
        return cut
    if cut is not None:
        Refresh.objects.filter(pk=cut.pk).update(failed_at=at, error=_("Cut short, and replaced by a newer one."))
    return Refresh.objects.create(as_of=as_of, asked_by=by, started_at=at)


def _may_go_on(cut: Refresh, *, as_of: datetime, at: datetime) -> bool:
    """Whether what it has done is what a new one would do: of the same day, lately, and from the same facts."""
    work = Work(cut, Folder.of(cut), at)
    wanted = Refresh(as_of=as_of)
    if work.day_of(cut) != work.day_of(wanted) or not timedelta(0) <= at - cut.started_at <= LATELY:
        return False
    read = cut.steps.filter(name="days").first()
    with store().read() as reading:
        return read is None or read.facts["snapshot"] == reading.snapshot(LINES)


def _work_through(run: Refresh, *, at: datetime, progress: Watcher) -> None:
    folder = Folder.of(run)
    done = set(run.steps.values_list("name", flat=True))
    began = time.perf_counter()
    with chosen() as engine:
        for number, step in enumerate(STEPS):
            progress(Progress(run.pk, step.name, number, len(STEPS), time.perf_counter() - began))
            if step.name not in done:
                _finish(step, Work(run, folder, at, engine), began)
    progress(Progress(run.pk, "", len(STEPS), len(STEPS), time.perf_counter() - began))


def _finish(step: Step, work: Work, began: float) -> None:
    started = time.perf_counter()
    facts = step.do(work)
    now = time.perf_counter()
    RefreshStep.objects.create(
        refresh=work.run,
        name=step.name,
        finished_at=work.at + timedelta(seconds=now - began),
        seconds=round(now - started, 3),
        facts=facts,
    )


def _sweep(published: Refresh) -> None:
    """Only the last published refresh keeps its files: the next one continues from them."""
    for folder in refreshes():
        if folder.name != str(published.pk):
            shutil.rmtree(folder, ignore_errors=True)
