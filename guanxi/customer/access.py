"""The one door to customers: which of them a colleague may see or change. Nothing else fetches a party for a page."""

from collections.abc import Collection
from typing import cast

from django.db.models import Q, QuerySet
from django.http import Http404

from guanxi.customer.models import Party, Reading
from guanxi.customer.pool import hidden_in_pools
from guanxi.customer.territories import worked_by
from guanxi.foundation.access.doors import may, reach
from guanxi.foundation.access.models import Grant, Reach, Team
from guanxi.foundation.accounts.models import User
from guanxi.foundation.rows import joined

# Every page and panel of a customer asks this, so it is written once.
WITH_ALL = """
    customer_party
      LEFT JOIN accounts_user ON accounts_user.id = customer_party.owner_id
      LEFT JOIN access_team ON access_team.id = customer_party.team_id
      LEFT JOIN customer_reading ON customer_reading.party_id = customer_party.id
     WHERE customer_party.id = %s AND customer_party.merged_into_id IS NULL
"""


def visible_parties(user: User, verb: str = "customer.read") -> QuerySet[Party]:
    """The customers whom this verb covers for this colleague: own, the team's, the territory's, all, or none.

    Whoever lies in a pool that hides fields is there only for colleagues who may see behind it.
    """
    far = reach(user, verb)
    if far is None:
        return Party.objects.none()
    hidden = _hidden_from(user)
    covered = Party.objects.filter(_within(user, far))
    return covered if hidden is None else covered.filter(~hidden)


def _within(user: User, far: Reach) -> Q:
    if far == Reach.ALL:
        return Q()
    mine = Q(owner=user)
    if far in {Reach.TEAM, Reach.TERRITORY} and user.team_id:
        mine |= Q(team=user.team_id)
    if far == Reach.TERRITORY and (territories := worked_by(user)):
        mine |= Q(territory__in=territories)
    return mine


def _hidden_from(user: User) -> Q | None:
    """Who is hidden in pools from this colleague; asked once a request."""
    if may(user, "pool.unmask"):
        return None
    if not hasattr(user, "_hidden"):
        user._hidden = hidden_in_pools()  # type: ignore[attr-defined]
    return user._hidden  # type: ignore[attr-defined,no-any-return]


def party(user: User, pk: int, to: str = "read") -> Party:
    """This customer, if the colleague may read (or write) it; otherwise the same 404 as if there were none.

    With its owner, team and reading.
    """
    rows = joined((Party, User, Team, Reading), WITH_ALL, [pk]) if covered(user, f"customer.{to}", [pk]) else []
    if not rows:
        raise Http404(f"party {pk}")
    found, owner, team, reading = rows[0]
    found._state.fields_cache.update(owner=owner, team=team, reading=reading)
    if reading is not None:
        reading.party = found
    return cast(Party, found)


def covered(user: User, verb: str, parties: Collection[int]) -> set[int]:
    """Those of these customers whom the verb covers.

    Where it covers everybody nobody is looked up: a number of nobody, or of somebody who was merged, is covered too.
    """
    if not parties:
        return set()
    if reach(user, verb) == Reach.ALL and _hidden_from(user) is None:
        return set(parties)
    return set(visible_parties(user, verb).filter(pk__in=list(parties)).values_list("pk", flat=True))


def within_reach(user: User, pk: int, to: str = "write") -> bool:
    """Whether the colleague may write (or merge) this customer, whom they may read."""
    far = reach(user, f"customer.{to}")
    if far is None or far == reach(user, "customer.read"):
        return far is not None
    return visible_parties(user, f"customer.{to}").filter(pk=pk).exists()


def holders(*, besides: int | None = None) -> QuerySet[User]:
    """Who may look after customers, by name: who logs in and whose role may change customers; and `besides`, who does
    so already."""
    may_hold = Q(is_active=True, role__in=Grant.objects.filter(verb="customer.write").values("role"))
    return User.objects.filter(may_hold | Q(pk=besides)).order_by("name")


def heir(pk: int) -> int:
    """Who holds what this party held: the one it was merged into, else itself. Says nothing of who may see it."""
    return Party.ever.filter(pk=pk).values_list("merged_into", flat=True).first() or pk
