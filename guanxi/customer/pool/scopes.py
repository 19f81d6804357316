"""Which customers a pool covers: those without an owner, in its territory, else in its team, else anywhere."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from guanxi.customer.models import Party, Pool
from guanxi.customer.territories.tree import outward, parents

UNOWNED = Q(owner__isnull=True)
EVERYWHERE = Q(pk__isnull=False)


@dataclass(frozen=True)
class Scope:
    """An open pool and the condition on Party for lying in it. The conditions of all scopes exclude each other."""

    pool: Pool
    place: Q  # where, whoever the owner is

    @property
    def covers(self) -> Q:
        return UNOWNED & self.place


def scopes() -> list[Scope]:
    """All open pools with their conditions, in one query (two where a territory has a pool)."""
    pools = list(Pool.objects.filter(closed_at=None).order_by("pk"))
    of_territory = {each.territory_id: each for each in pools if each.territory_id}
    placed = _nearest(set(of_territory)) if of_territory else {}
    elsewhere = ~Q(territory__in=sorted(placed)) | Q(territory__isnull=True) if placed else Q()
    teams = sorted(each.team_id for each in pools if each.team_id)
    no_team = ~Q(team__in=teams) | Q(team__isnull=True) if teams else Q()
    return [Scope(each, _place(each, placed, elsewhere, no_team)) for each in pools]


def _nearest(pooled: set[int]) -> dict[int, int]:
    """Every territory that lies in a pooled one → the nearest pooled one."""
    around = parents()
    found = {each: next((outer for outer in outward(each, around) if outer in pooled), None) for each in around}
    return {inner: outer for inner, outer in found.items() if outer is not None}


def _place(pool: Pool, placed: dict[int, int], elsewhere: Q, no_team: Q) -> Q:
    if pool.territory_id:
        return Q(territory__in=sorted(inner for inner, outer in placed.items() if outer == pool.territory_id))
    if pool.team_id:
        return Q(team=pool.team_id) & elsewhere
    return (no_team & elsewhere) or EVERYWHERE


def pools_of(parties: Collection[int], known: Iterable[Scope]) -> dict[int, Pool]:
    """The pool of each of these parties by its place, whether it has an owner or not; those of no pool are left out."""
    by_id = {each.pool.pk: each.pool for each in known}
    whens = [When(each.place, then=Value(each.pool.pk)) for each in known]
    if not whens or not parties:
        return {}
    placed = Party.ever.filter(pk__in=list(parties)).annotate(
        lies_in=Case(*whens, default=None, output_field=IntegerField(null=True))
    )
    return {pk: by_id[pool] for pk, pool in placed.values_list("pk", "lies_in") if pool is not None}


def hidden_in_pools() -> Q | None:
    """The customers whose record is closed while they lie in a pool that hides something; None: nobody's is."""
    hiding = [each.covers for each in scopes() if each.pool.hidden]
    if not hiding:
        return None
    covered = Q()
    for each in hiding:
        covered |= each
    return covered
