"""How many customers a colleague may still take out today."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Sum

from guanxi.foundation.access.models import Role
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current
from guanxi.integration.transfer.export.models import Export, ExportLimit


def limit_of(role: Role | None) -> int:
    """Customers a day for a colleague of this role."""
    own = ExportLimit.objects.filter(role=role).values_list("rows_a_day", flat=True).first() if role else None
    return ExportLimit.USUAL if own is None else own


def taken_today(user: User, at: datetime) -> int:
    """Customers that the colleague has asked for since midnight of the company; cancelled and failed exports aside."""
    company = current()
    local = at.astimezone(ZoneInfo(company.timezone if company else "UTC"))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = Export.objects.filter(asked_by=user, scope=Export.Scope.CUSTOMERS, asked_at__gte=midnight, asked_at__lte=at)
    return asked.filter(cancelled_at=None, failed_at=None).aggregate(rows=Sum("rows"))["rows"] or 0


def left_today(user: User, at: datetime) -> int:
    """Customers that the colleague may still take out today."""
    return max(0, limit_of(user.role) - taken_today(user, at))
