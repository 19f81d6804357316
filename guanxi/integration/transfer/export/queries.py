from django.db.models import Q, QuerySet

from guanxi.foundation.access.doors import may
from guanxi.foundation.accounts.models import User
from guanxi.integration.transfer.export.models import Export


def exports_of(user: User) -> QuerySet[Export]:
    """The exports that the colleague may fetch: of customers their own, of the company all, as the verbs allow."""
    reached = Q(pk__in=[])
    if may(user, "customer.export"):
        reached |= Q(scope=Export.Scope.CUSTOMERS, asked_by=user)
    if may(user, "company.export"):
        reached |= Q(scope=Export.Scope.COMPANY)
    return Export.objects.filter(reached).select_related("asked_by").order_by("-pk")
