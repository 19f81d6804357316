from datetime import timedelta

from django.db.models.functions import Now
from procrastinate.contrib.django.models import ProcrastinateWorker


def living_workers(within: timedelta = timedelta(seconds=30)) -> int:
    """How many workers have shown a heartbeat within that time, by the database's clock."""
    return int(ProcrastinateWorker.objects.filter(last_heartbeat__gte=Now() - within).count())
