"""The company's clock. Views, jobs and commands read it and pass the time on; nothing below them does."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from guanxi.foundation.company.calendar import day_of
from guanxi.foundation.company.queries import current

FACTS_ARE_IN = time(13)
REST_OF_THE_DAY = timedelta(hours=24) - timedelta(hours=FACTS_ARE_IN.hour)


def now() -> datetime:
    """The present moment, on the company's stopped day if it has one.

    A stopped day's facts are all in, so its present is always its afternoon: the real day, from midnight to midnight,
    runs through it at a slower pace. Time goes on, and nothing that has happened lies in the future.
    """
    moment = timezone.now()
    company = current()
    if company is None or company.clock_day is None:
        return moment
    local = moment.astimezone(ZoneInfo(company.timezone))
    gone = (local - local.replace(hour=0, minute=0, second=0, microsecond=0)) / timedelta(days=1)
    return datetime.combine(company.clock_day, FACTS_ARE_IN, local.tzinfo) + gone * REST_OF_THE_DAY


def today() -> date:
    """The present day in the company's zone."""
    return day_of(now())
