"""Two customers become one, and two again. Neither loses anything, in whatever order it is done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.merging.events import Merged, MergeUndone
from guanxi.customer.merging.following import follow, hold, take_turns
from guanxi.customer.merging.telling import tell
from guanxi.customer.models import Merge, Party, Proposal
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError

MERGED = "customer.merged"
MERGE_UNDONE = "customer.merge_undone"
MERGED_TOGETHER = "customer.merged_together"
MOST_TOGETHER = 5


@transaction.atomic
def merge_parties(
    *,
    absorbed: Party,
    survivor: Party,
    by: User | None,
    at: datetime,
    proposal: Proposal | None = None,
    evidence: Sequence[Mapping[str, Any]] = (),
) -> Merge:
    """From now on `absorbed` is `survivor`: everything known about the one is known about the other.

    `by` is None when the threshold decided; `evidence` is what was seen, as in `Proposal.explanation`. Owner, team and
    age stay in the row of each, so that undoing finds them; those of the survivor count. Facts in the history stay
    as they are. Raises UserError when they are one already, or one of them was absorbed meanwhile.
    """
    take_turns()
    members = hold([absorbed.pk, survivor.pk])
    _refuse_unless_two(absorbed.pk, survivor.pk)
    merge = Merge.objects.create(
        absorbed=absorbed, survivor=survivor, at=at, by=by, proposal=proposal, evidence=list(evidence)
    )
    follow(members)
    tell(survivor.pk, Merged(absorbed=absorbed.name, merge=merge.pk), by=by, at=at)
    note(verb=MERGED, by=by, at=at, subject=f"party:{survivor.pk}", absorbed=absorbed.pk, merge=merge.pk)
    return merge


def _refuse_unless_two(absorbed: int, survivor: int) -> None:
    if absorbed == survivor:
        raise UserError(_("This is one and the same customer. Nothing was changed. Choose two."))
    for gone in Party.ever.filter(pk__in=[absorbed, survivor]).exclude(merged_into=None).select_related("merged_into"):
        raise UserError(
            _("“%(name)s” has meanwhile been merged into “%(other)s”. Nothing was changed. Look at that customer.")
            % {"name": gone.name, "other": gone.merged_into}
        )


@transaction.atomic
def merge_together(*, parties: Sequence[Party], survivor: Party, by: User, at: datetime) -> Entry:
    """Merge two to five customers into one of them. The audit entry can undo it. Raises UserError."""
    others = [each for each in parties if each.pk != survivor.pk]
    if not 1 <= len(others) < MOST_TOGETHER or len(others) == len(parties):
        raise UserError(
            _("Choose two to %(most)s customers who are one and the same. Nothing was changed.")
            % {"most": MOST_TOGETHER}
        )
    merges = [merge_parties(absorbed=each, survivor=survivor, by=by, at=at) for each in others]
    facts = {"survivor": survivor.pk, "merges": [each.pk for each in merges]}
    return note(verb=MERGED_TOGETHER, by=by, at=at, subject=f"party:{survivor.pk}", **facts)


@transaction.atomic
def undo_merge(*, merge: Merge, by: User, at: datetime) -> Merge:
    """The two are two again, with all that was theirs; merges made before or after this one stand.

    What was worked meanwhile hangs on the survivor's own record and stays there (`queries.merges.work_since`). A
    proposal that led to the merge counts as answered: two different customers. Raises UserError when it is undone.
    """
    take_turns()
    held = Merge.objects.select_for_update(of=("self",)).select_related("absorbed", "survivor").get(pk=merge.pk)
    if held.undone_at is not None:
        raise UserError(_("This merge has been undone already. Nothing was changed."))
    members = hold([held.absorbed_id, held.survivor_id])
    held.undone_at, held.undone_by = at, by
    held.save(update_fields=["undone_at", "undone_by"])
    if held.proposal_id is not None:
        Proposal.objects.filter(pk=held.proposal_id, decision=Proposal.Decision.MERGED).update(
            decision=Proposal.Decision.DISTINCT, decided_at=at, decided_by=by
        )
    follow(members)
    for one, other in ((held.absorbed, held.survivor), (held.survivor, held.absorbed)):
        tell(one.pk, MergeUndone(other=other.name, merge=held.pk), by=by, at=at)
    note(verb=MERGE_UNDONE, by=by, at=at, subject=f"party:{held.survivor_id}", merge=held.pk)
    return held


@transaction.atomic
def undo_together(*, entry: Entry, by: User, at: datetime) -> list[Merge]:
    """Undo what `merge_together` did, as far as it stands, and answer what was undone. Raises UserError if nothing."""
    take_turns()
    standing = Merge.objects.filter(pk__in=entry.facts["merges"], undone_at=None).order_by("-pk")
    undone = [undo_merge(merge=each, by=by, at=at) for each in standing]
    if not undone:
        raise UserError(_("This merge has been undone already. Nothing was changed."))
    return undone
