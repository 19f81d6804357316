"""Likely duplicates that the policy sends to review become proposals."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q

from guanxi.customer.matching import Likeness
from guanxi.customer.models import Proposal, SourceRecord

VERSION = "door-1"  # of the rules of thumb in guanxi.customer.matching


def propose(found: Sequence[tuple[int, Likeness]], *, origin: str, at: datetime) -> int:
    """Keep (id of the record that came in, whom it resembles) for review; returns how many were sent there.

    A pair of records is proposed once, and a pair of customers never again once somebody said they are two. Three
    statements, whatever the number; `origin` is a value of Proposal.Origin.
    """
    holders = dict(SourceRecord.objects.filter(pk__in=[record for record, _ in found]).values_list("pk", "party_id"))
    told_apart = _told_apart(set(holders.values()))
    made = [
        _proposal(record, holders[record], likeness, origin, at)
        for record, likeness in found
        if holders[record] != likeness.party and frozenset((holders[record], likeness.party)) not in told_apart
    ]
    Proposal.objects.bulk_create(made, batch_size=2000, ignore_conflicts=True)
    return len(made)


def _told_apart(parties: Collection[int]) -> set[frozenset[int]]:
    """Pairs that a person said are two different customers, with one of these parties in them."""
    mine = Q(left__in=parties) | Q(right__in=parties)
    decided = Proposal.objects.filter(mine, decision__in=Proposal.TWO)
    return {frozenset(pair) for pair in decided.values_list("left_id", "right_id")}


def _proposal(record: int, party: int, likeness: Likeness, origin: str, at: datetime) -> Proposal:
    """The older record stands on the left; a likeness tells the newcomer's words on the left."""
    newcomer_first = record < likeness.record
    pairs = [(record, party), (likeness.record, likeness.party)]
    left, right = pairs if newcomer_first else reversed(pairs)
    turned = [
        line if newcomer_first else {**line, "left": line["right"], "right": line["left"]}
        for line in likeness.explanation
    ]
    return Proposal(
        left_record_id=left[0],
        left_id=left[1],
        right_record_id=right[0],
        right_id=right[1],
        origin=origin,
        rule=likeness.rule,
        version=VERSION,
        probability=likeness.probability,
        weight=likeness.weight,
        explanation=turned,
        proposed_at=at,
    )
