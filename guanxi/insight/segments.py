"""Who belongs to a segment, now. The conditions are those of the customer list."""

from datetime import datetime

from django.db.models import QuerySet

from guanxi.customer.filters import customers_meeting, read_conditions
from guanxi.customer.models import Party
from guanxi.insight.models import Segment


def members_of(segment: Segment, *, at: datetime) -> QuerySet[Party]:
    """All members, whoever may see them; spans such as “within 30 days” end `at`.

    Raises BadCondition when a condition names a field that no app registers any more.
    """
    return customers_meeting(read_conditions(segment.conditions), Party.objects.all(), at)
