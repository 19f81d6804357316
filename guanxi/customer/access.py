"""The one door to customers: which of them a colleague may see or change. Nothing else fetches a party for a page."""

from django.db.models import Q, QuerySet
from django.http import Http404

from guanxi.customer.models import Party
from guanxi.foundation.access.doors import reach
from guanxi.foundation.access.models import Reach
from guanxi.foundation.accounts.models import User


def visible_parties(user: User, verb: str = "customer.read") -> QuerySet[Party]:
    """The customers whom this verb covers for this colleague: own, the team's, all, or none."""
    far = reach(user, verb)
    if far is None:
        return Party.objects.none()
    if far == Reach.ALL:
        return Party.objects.all()
    mine = Q(owner=user)
    if far == Reach.TEAM and user.team_id:
        mine |= Q(team=user.team_id)
    return Party.objects.filter(mine)


def party(user: User, pk: int, to: str = "read") -> Party:
    """This customer, if the colleague may read (or write) it; otherwise the same 404 as if there were none."""
    found = visible_parties(user, f"customer.{to}").select_related("owner", "team", "reading").filter(pk=pk).first()
    if found is None:
        raise Http404(f"party {pk}")
    return found
