"""Who brought which customer when, and where several colleagues did (报备)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Party, Registration
from guanxi.foundation.accounts.models import User

LOOK_BACK = timedelta(days=365)


def registrations_of(party: Party) -> QuerySet[Registration]:
    """Every time a colleague brought this customer, the first time first."""
    return Registration.objects.filter(party=party).select_related("by").order_by("at", "id")


@dataclass(frozen=True)
class Conflict:
    """A colleague brought a customer whom another had brought not long before."""

    later: Registration
    earlier: Registration


def conflicts(
    user: User, *, days: int, now: datetime, most: int, after: Registration | None = None
) -> tuple[list[Conflict], Registration | None]:
    """Customers whom two colleagues brought within so many days of each other, in the last year, the latest first.

    Only of customers that this colleague may merge. Answers at most `most`, and the last one where there are more.
    """
    mine = visible_parties(user, "customer.merge").values("pk")
    before = Registration.objects.filter(
        Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk")),
        party=OuterRef("party"),
        at__gte=OuterRef("at") - timedelta(days=days),
    ).exclude(by=OuterRef("by"))
    later = Registration.objects.filter(Exists(before), at__gte=now - LOOK_BACK, party__in=mine)
    if after is not None:
        later = later.filter(Q(at=after.at, pk__lt=after.pk) | Q(at__lt=after.at))
    page = list(later.select_related("party__owner", "by").order_by("-at", "-id")[: most + 1])
    shown = page[:most]
    return _with_earlier(shown, timedelta(days=days)), shown[-1] if len(page) > most else None


def _with_earlier(shown: list[Registration], span: timedelta) -> list[Conflict]:
    """Each with the first registration by somebody else within the span, in one query."""
    rows = Registration.objects.filter(party__in={each.party_id for each in shown}).select_related("by")
    known = list(rows.order_by("at", "id"))
    return [Conflict(each, next(one for one in known if _is_before(one, each, span))) for each in shown]


def _is_before(one: Registration, each: Registration, span: timedelta) -> bool:
    is_earlier = (one.at, one.pk) < (each.at, each.pk) and each.at - one.at <= span
    return is_earlier and one.party_id == each.party_id and one.by_id != each.by_id
