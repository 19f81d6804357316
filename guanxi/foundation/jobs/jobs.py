"""The queue's own housekeeping."""

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app

from guanxi.foundation.jobs.declare import every

KEPT_HOURS = 14 * 24


@every("* * * * *", "jobs.recover_stalled")
def recover_stalled() -> None:
    """Put the jobs of killed workers back into the queue."""
    for stalled in async_to_sync(app.job_manager.get_stalled_jobs)():
        async_to_sync(app.job_manager.retry_job)(stalled)


@every("17 3 * * *", "jobs.forget_old")
def forget_old() -> None:
    """Finished jobs are kept for two weeks."""
    async_to_sync(app.job_manager.delete_old_jobs)(nb_hours=KEPT_HOURS, include_failed=True)
