"""Refreshing in the background: every night, and when somebody asks."""

from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.clock import now
from guanxi.foundation.errors import UserError
from guanxi.foundation.jobs.declare import every, job
from guanxi.insight.models import Programme
from guanxi.insight.programmes import measure
from guanxi.insight.refresh import refresh
from guanxi.insight.refresh.pushing import pushed


@job("insight.refresh", attempts=3, alone=True)
def refresh_readings(by: int | None = None) -> None:
    """Compute and publish; a refresh that was cut is resumed by the next attempt."""
    at = now()
    _refresh(User.objects.filter(pk=by).first() if by else None)
    for programme in Programme.objects.exclude(verdicts__is_final=True):
        measure(programme=programme, at=at)


@every("0 2 * * *", "insight.refresh_nightly", attempts=3)
def refresh_nightly() -> None:
    """At two in the night (UTC) the readings are made anew and running programmes measured."""
    refresh_readings()


def _refresh(by: User | None) -> None:
    at = now()
    try:
        refresh(as_of=at, at=at, by=by, progress=pushed)
    except UserError:
        return  # another one is running, and will publish
