"""The queue's own housekeeping."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from guanxi.foundation.jobs.declare import every
from guanxi.foundation.jobs.queries import stalled_jobs

KEPT = timedelta(days=14)

# Events tell when a job ended; procrastinate deletes only asynchronously, which would cost a connection each time.
FORGET = """
DELETE FROM procrastinate_jobs WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted') AND NOT EXISTS (
    SELECT 1 FROM procrastinate_events WHERE job_id = procrastinate_jobs.id AND at >= %s)
"""


# A lone job of a killed worker waits again beside the next one that waits already; they take turns.
LET_WAIT = "UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = ANY(%s)"


@every("* * * * *", "jobs.recover_stalled", alone=False)
def recover_stalled() -> None:
    """Put the jobs of killed workers back into the queue, this one among them."""
    stalled = stalled_jobs()
    with connection.cursor() as cursor:
        cursor.execute(LET_WAIT, [stalled])
    for job in stalled:
        app.job_manager.retry_job_by_id(job, retry_at=timezone.now())


@every("17 3 * * *", "jobs.forget_old")
def forget_old() -> None:
    """Finished jobs are kept for two weeks."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [timezone.now() - KEPT])
