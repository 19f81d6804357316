from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

SILENCE = timedelta(seconds=30)  # after which a worker counts as dead


def living_workers(within: timedelta = SILENCE) -> int:
    """How many workers have shown a heartbeat within that time, by the database's clock."""
    return int(ProcrastinateWorker.objects.filter(last_heartbeat__gte=Now() - within).count())


def stalled_jobs() -> list[int]:
    """Jobs that a worker took and that nobody works on any more, the oldest first."""
    silent = Q(worker=None) | Q(worker__last_heartbeat__lt=Now() - SILENCE)
    return list(ProcrastinateJob.objects.filter(silent, status="doing").order_by("pk").values_list("pk", flat=True))
