from datetime import datetime

from django.db import transaction

from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.company.models import Company


@transaction.atomic
def change_company(*, company: Company, by: User, at: datetime) -> None:
    """Store the company's name, money and place, and leave a line on the audit trail."""
    company.save()
    facts = {"name": company.name, "currency": company.currency, "timezone": company.timezone}
    record(verb="company.changed", by=by, at=at, subject="company:1", **facts)
