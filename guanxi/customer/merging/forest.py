"""Which party holds what, given the merges that stand: they form a forest, and each tree's root is the living customer.

An edge leads from who was absorbed to the survivor; from a party whose split was undone to the home of its record.
"""

from collections.abc import Collection, Mapping

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from guanxi.customer.models import Merge, Party, Split


def trees(parties: Collection[int]) -> list[int]:
    """Everyone who stands in one tree with these parties, as noted on the parties."""
    roots = Party.ever.filter(pk__in=parties).values_list(Coalesce("merged_into", "pk"), flat=True)
    held = list(roots)
    members = Party.ever.filter(Q(pk__in=held) | Q(merged_into__in=held)).order_by("pk")
    return list(members.values_list("pk", flat=True))


def roots(members: Collection[int]) -> dict[int, int]:
    """Member → root of its tree by the merges and splits as they stand. `members` are whole trees."""
    merges = Merge.objects.filter(undone_at=None, absorbed__in=members)
    undone = Split.objects.exclude(undone_at=None).filter(party__in=members)
    edges = dict(merges.values_list("absorbed_id", "survivor_id"))
    edges |= dict(undone.values_list("party_id", F("record__home_id")))
    return {member: _root(member, edges) for member in members}


def _root(member: int, edges: Mapping[int, int]) -> int:
    while member in edges:
        member = edges[member]
    return member
