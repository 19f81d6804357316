from datetime import date, datetime

from django.db import transaction

from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.company.models import Company


@transaction.atomic
def change_company(*, company: Company, by: User, at: datetime) -> None:
    """Store the company's name, money and place, and leave a line on the audit trail."""
    company.save()
    told = ("name", "currency", "timezone", "margin", "discount", "order_cost", "contact_cost")
    facts = {name: value for name in told if (value := getattr(company, name)) is not None}
    record(verb="company.changed", by=by, at=at, subject="company:1", **facts)


def found_company(
    *,
    name: str,
    currency: str,
    timezone: str,
    country: str,
    clock_day: date | None = None,
    is_demo: bool = False,
    **terms: float,
) -> Company:
    """Create the one company of this installation; its calendar stands at `clock_day` if one is given.

    terms: margin, discount, order_cost and contact_cost, as far as they are known.
    """
    facts = {"currency": currency, "timezone": timezone, "country": country}
    return Company.objects.create(pk=1, name=name, clock_day=clock_day, is_demo=is_demo, **facts, **terms)


def open_company(*, at: datetime) -> None:
    """Everything is in place: the company can be used from now on."""
    Company.objects.filter(opened_at__isnull=True).update(opened_at=at)
