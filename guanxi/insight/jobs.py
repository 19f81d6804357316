"""In the background: refreshing every night and when somebody asks, and offers every week."""

import logging
from collections.abc import Collection
from datetime import datetime

from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.clock import now
from guanxi.foundation.jobs.declare import every, job
from guanxi.insight.models import Programme
from guanxi.insight.offering import OffersRunning, last_made, make_offers, regroup_offers
from guanxi.insight.programmes import measure
from guanxi.insight.refresh import RefreshRunning, refresh
from guanxi.insight.refresh.pushing import pushed
from guanxi.insight.refresh.regrouping import regroup

log = logging.getLogger(__name__)


@job("insight.refresh", attempts=3, alone=True)
def refresh_readings(by: int | None = None) -> None:
    """Compute and publish; a refresh that was cut is resumed by the next attempt."""
    at = now()
    _refresh(User.objects.filter(pk=by).first() if by else None)
    _measure_running(at)


@every("0 2 * * *", "insight.refresh_nightly", attempts=3)
def refresh_nightly() -> None:
    """At two in the night (UTC) the readings are made anew and running programmes measured."""
    refresh_readings()


@job("insight.regroup", attempts=8, alone=True)
def regroup_readings() -> None:
    """Soon after customers were merged or parted; while a refresh runs, it is tried again later."""
    regroup()
    regroup_offers()


@job("insight.offers", attempts=3, alone=True)
def renew_offers() -> None:
    """What is worth offering, for everybody."""
    try:
        make_offers(at=now())
        regroup_offers()  # who was merged while it ran
    except OffersRunning:
        log.info("The offers are just being made anew")


@every("0 4 * * 0", "insight.offers_weekly", attempts=3)
def renew_offers_weekly() -> None:
    """On Sunday at four in the morning (UTC), when the night's refresh is done."""
    renew_offers()


def follow_merges(_parties: Collection[int]) -> None:
    """Whoever merges has the readings follow, once the merge is committed."""
    regroup_readings.later()


def _refresh(by: User | None) -> None:
    at = now()
    try:
        refresh(as_of=at, at=at, by=by, progress=pushed)
        regroup()  # who was merged while it ran
        if last_made() is None:
            renew_offers.later()
    except RefreshRunning:
        log.info("Another refresh is running, and will publish")


def _measure_running(at: datetime) -> None:
    """Each programme by itself: the readings are published, and a failure must not have them computed again."""
    for programme in Programme.objects.exclude(verdicts__is_final=True):
        try:
            measure(programme=programme, at=at)
        except Exception:
            log.exception("Programme %s could not be measured; the others are", programme.pk)
