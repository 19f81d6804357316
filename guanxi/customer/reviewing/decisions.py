"""Somebody says of a pair: one and the same, two, or one household. Each decision stands until it is undone."""

from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from guanxi.customer.actions import part_household, unite_household
from guanxi.customer.actions.undoing import undo_once
from guanxi.customer.merging import merge_parties, undo_merge
from guanxi.customer.merging.following import take_turns
from guanxi.customer.models import Merge, Party, Proposal
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError

Decision = Proposal.Decision
DECIDED = "customer.proposal_decided"
DECISION_UNDONE = "customer.proposal_decision_undone"
FEW = 10  # decisions to look at, at a time; nearly always the first will do


@transaction.atomic
def decide(*, proposal: Proposal, decision: str, by: User, at: datetime, survivor: Party | None = None) -> Entry:
    """Settle a proposal, and every other open one about the same two customers. The audit entry can undo it.

    `survivor` is one of the two, needed to merge them. Raises UserError when it is settled or the two cannot be one.
    """
    take_turns()  # before the proposal is held: a merge elsewhere moves proposals while it holds the turn
    held = _open(proposal)
    pair = _open_between(held.left_id, held.right_id)
    facts: dict[str, object] = {"decision": decision, "proposals": sorted(pair.values_list("pk", flat=True))}
    pair.update(decision=Decision(decision), decided_at=at, decided_by=by)
    if decision == Decision.MERGED:
        facts["merge"] = _merge(held, survivor, by, at).pk
    elif decision == Decision.HOUSEHOLD:
        joined = unite_household(members=[held.left, held.right], by=by, at=at)
        facts |= {"household": joined.household.pk, "memberships": joined.memberships, "is_new": joined.is_new}
    return note(verb=DECIDED, by=by, at=at, subject=f"proposal:{held.pk}", **facts)


@transaction.atomic
def undo_decision(*, entry: Entry, by: User, at: datetime) -> Proposal:
    """The pair is open again, as it was: a merge is undone, a household parted. Raises UserError when it was before."""
    take_turns()
    undo_once(entry, verb=DECISION_UNDONE)
    facts = entry.facts
    Proposal.objects.filter(pk__in=facts["proposals"], decided_at=entry.at).update(
        decision="", decided_at=None, decided_by=None
    )
    if "merge" in facts:
        merge = Merge.objects.get(pk=facts["merge"])
        if merge.undone_at is None:
            undo_merge(merge=merge, by=by, at=at)
    if "household" in facts:
        part_household(household=facts["household"], memberships=facts["memberships"], is_new=facts["is_new"])
    proposal = int(entry.subject.partition(":")[2])
    note(verb=DECISION_UNDONE, by=by, at=at, subject=f"entry:{entry.pk}", proposal=proposal)
    return Proposal.objects.get(pk=proposal)


def last_decision(by: User) -> Entry | None:
    """This colleague's latest decision that still stands, about customers who are still on record."""
    taken_back = Entry.objects.filter(verb=DECISION_UNDONE, subject=OuterRef("key"))
    made = Entry.objects.filter(verb=DECIDED, by=by).annotate(key=Concat(Value("entry:"), Cast("pk", CharField())))
    standing = made.filter(~Exists(taken_back)).order_by("-pk")
    return next((entry for entry in standing.iterator(chunk_size=FEW) if proposal_of(entry)), None)


def proposal_of(entry: Entry) -> Proposal | None:
    """What was decided; None when one of the two customers is no longer on record."""
    return Proposal.objects.filter(pk=int(entry.subject.partition(":")[2])).first()


def _open(proposal: Proposal) -> Proposal:
    held = Proposal.objects.select_for_update(of=("self",)).select_related("left", "right").get(pk=proposal.pk)
    if held.left_id == held.right_id:
        raise UserError(_("These two are one customer already. Nothing was changed."))
    if held.decided_at is not None:
        raise UserError(_("Somebody has decided this meanwhile. Nothing was changed."))
    return held


def _open_between(left: int, right: int) -> QuerySet[Proposal]:
    """What is open about two customers, whichever of their records it is about."""
    either = Q(left=left, right=right) | Q(left=right, right=left)
    return Proposal.objects.filter(either, decided_at=None)


def _merge(held: Proposal, survivor: Party | None, by: User, at: datetime) -> Merge:
    if survivor is None or survivor.pk not in {held.left_id, held.right_id}:
        raise UserError(_("Choose which of the two stays. Nothing was changed."))
    absorbed = held.right if survivor.pk == held.left_id else held.left
    return merge_parties(absorbed=absorbed, survivor=survivor, by=by, at=at, proposal=held, evidence=held.explanation)
