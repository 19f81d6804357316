"""The company's calendar: on which day a moment falls where the company is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from guanxi.foundation.company.queries import current


def day_of(at: datetime) -> date:
    """The calendar day of this moment in the company's zone."""
    company = current()
    return at.astimezone(ZoneInfo(company.timezone if company else "UTC")).date()
