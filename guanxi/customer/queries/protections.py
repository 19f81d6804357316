"""Which claims protect which customers, and until when."""

from datetime import datetime, timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, QuerySet, Value

from guanxi.customer.models import Claim, Party
from guanxi.customer.pool.due import ending
from guanxi.foundation.accounts.models import User

SHOWN = 8


def protection_of(party: Party) -> Claim | None:
    """The claim that stands on this customer, with `ends_at`; its pool and holder are read along."""
    return ending().filter(party=party).select_related("pool", "holder", "by").first()


def warned(user: User, at: datetime) -> QuerySet[Claim]:
    """The colleague's claims that end within their pool's days of warning, the next first."""
    day = Value(timedelta(days=1), output_field=DurationField())
    warning = ExpressionWrapper(F("pool__warning_days") * day, output_field=DurationField())
    soon = ExpressionWrapper(F("ends_at") - warning, output_field=DateTimeField())
    mine = ending().filter(holder=user, pool__warning_days__gt=0).annotate(warns_at=soon)
    return mine.filter(warns_at__lte=at).select_related("party", "pool").order_by("ends_at", "pk")


def earlier_claims(party: Party) -> QuerySet[Claim]:
    """Claims of this customer that have ended, the latest first."""
    ended = Claim.objects.filter(party=party, released_at__isnull=False).select_related("holder", "pool", "released_by")
    return ended.order_by("-released_at", "-pk")
