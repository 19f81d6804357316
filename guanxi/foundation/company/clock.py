"""The company's clock. Views, jobs and commands read it and pass the time on; nothing below them does."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from guanxi.foundation.company.queries import current


def now() -> datetime:
    """The present moment, on the company's stopped day if it has one (time of day goes on)."""
    moment = timezone.now()
    company = current()
    if company is None or company.clock_day is None:
        return moment
    local = moment.astimezone(ZoneInfo(company.timezone))
    return datetime.combine(company.clock_day, local.timetz())


def today() -> date:
    """The present day in the company's zone."""
    company = current()
    return now().astimezone(ZoneInfo(company.timezone if company else "UTC")).date()
