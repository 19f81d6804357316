"""Merging without a person, where the administrator said how sure the comparison must be."""

from datetime import datetime

from django.db import transaction

from guanxi.analytical.identity.levels import Level
from guanxi.customer.merging import merge_parties, proper_survivor
from guanxi.customer.merging.following import take_turns
from guanxi.customer.models import Identifier, MatchingPolicy, Party, Proposal
from guanxi.customer.models.merge import told_apart
from guanxi.customer.proposing.nightly import RULE
from guanxi.customer.proposing.rules import contradict, is_named_alike, may_be_one


def merge_surest(*, at: datetime) -> int:
    """Merge what tonight's comparison is surer of than the administrator's threshold; answers how many.

    Never two customers who both have a verified identifier, never where something contradicts, never by what people
    share. Each merge is a transaction of its own, and can be undone by a person. Off unless the threshold is set.
    """
    policy = MatchingPolicy.objects.first()
    if policy is None or policy.automatic_from is None:
        return 0
    sure = Proposal.objects.filter(rule=RULE, decided_at=None, probability__gte=policy.automatic_from)
    waiting = list(sure.order_by("-probability", "pk").values_list("pk", flat=True))
    return sum(_merge(pk, at) for pk in waiting)


@transaction.atomic
def _merge(pk: int, at: datetime) -> bool:
    take_turns()
    proposal = Proposal.objects.select_related("left", "right").filter(pk=pk, decided_at=None).first()
    if proposal is None or not _may_merge(proposal):
        return False
    survivor = proper_survivor(proposal.left, proposal.right)
    absorbed = proposal.right if survivor == proposal.left else proposal.left
    merge_parties(
        absorbed=absorbed, survivor=survivor, by=None, at=at, proposal=proposal, evidence=proposal.explanation
    )
    # By now both stand for the survivor: every open question between the two is answered.
    answered = Proposal.objects.filter(left=survivor, right=survivor, decided_at=None)
    answered.update(decision=Proposal.Decision.MERGED, decided_at=at)
    return True


def _may_merge(proposal: Proposal) -> bool:
    left, right = proposal.left, proposal.right
    levels = {line["field"]: Level(line["level"]) for line in proposal.explanation}
    kind = Party.Kind(left.kind)
    return (
        left != right
        and left.kind == right.kind
        and left.merged_into_id is None is right.merged_into_id
        and may_be_one(levels, kind)
        and is_named_alike(levels, kind)
        and not contradict(levels)
        and not _are_vouched_for(left, right)
        and not _are_registered_apart(left, right)
        and frozenset((left.pk, right.pk)) not in told_apart([left.pk])
    )


def _are_vouched_for(left: Party, right: Party) -> bool:
    """Whether somebody has verified an identifier of each: two verified identities are never merged by figures."""
    verified = Identifier.objects.filter(party__in=[left, right]).exclude(verified_at=None)
    return verified.values("party").distinct().count() > 1


def _are_registered_apart(left: Party, right: Party) -> bool:
    """Whether both bear numbers of the same kind given to one customer alone, and no number in common."""
    issued = Identifier.objects.filter(
        party__in=[left, right], kind__in=[Identifier.Kind.USCC, Identifier.Kind.WECOM]
    ).values_list("party", "kind", "value")
    said: dict[tuple[int, str], set[str]] = {}
    for party, kind, value in issued:
        said.setdefault((party, kind), set()).add(value)
    pairs = ((said.get((left.pk, kind)), said.get((right.pk, kind))) for kind in {kind for _, kind in said})
    return any(one and other and not one & other for one, other in pairs)
