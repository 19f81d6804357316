from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from guanxi.customer.access import visible_parties
from guanxi.customer.actions.own_records import own_records
from guanxi.customer.actions.undoing import undo_once
from guanxi.customer.models import Party
from guanxi.customer.timeline import Occurrence, OwnerChanged, record_all
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.audit.models import Entry

ASSIGNED = "customer.owner_assigned"
ASSIGNMENT_UNDONE = "customer.assignment_undone"


@transaction.atomic
def assign_owner(*, parties: Collection[int], owner: User | None, by: User, at: datetime) -> Entry | None:
    """Give customers to a colleague (or to nobody). The audit entry can undo it; None when nothing had to change."""
    changed = list(
        Party.objects.select_for_update(of=("self",))
        .filter(pk__in=parties)
        .exclude(owner=owner)
        .select_related("owner")
        .order_by("pk")
    )
    if not changed:
        return None
    before = {str(party.pk): party.owner_id for party in changed}
    _hand_over(changed, {party.pk: owner for party in changed}, by, at)
    return note(verb=ASSIGNED, by=by, at=at, before=before, after=owner.pk if owner else None)


@transaction.atomic
def undo_assignment(*, entry: Entry, by: User, at: datetime) -> int:
    """Give customers back whom nobody has reassigned since, once; returns how many.

    They must be the colleague's to change, or have been their own before. Raises UserError when it was undone already.
    """
    undo_once(entry, verb=ASSIGNMENT_UNDONE)
    before = {int(pk): owner for pk, owner in entry.facts["before"].items()}
    theirs = Q(pk__in=visible_parties(by, "customer.write")) | Q(
        pk__in=[pk for pk, owner in before.items() if owner == by.pk]
    )
    held = list(
        Party.objects.select_for_update(of=("self",))
        .filter(theirs, pk__in=before, owner=entry.facts["after"])
        .select_related("owner")
        .order_by("pk")
    )
    owners = User.objects.in_bulk([owner for owner in before.values() if owner])
    _hand_over(held, {party.pk: owners.get(before[party.pk] or 0) for party in held}, by, at)
    note(verb=ASSIGNMENT_UNDONE, by=by, at=at, subject=f"entry:{entry.pk}", parties=len(held))
    return len(held)


def _hand_over(parties: list[Party], owners: dict[int, User | None], by: User, at: datetime) -> None:
    records = own_records(parties=[party.pk for party in parties], at=at)
    told = []
    for party in parties:
        owner = owners[party.pk]
        what = OwnerChanged(before=str(party.owner or ""), after=str(owner or ""))
        told.append(Occurrence(party=party.pk, source_record=records[party.pk], what=what, at=at, by=by))
        party.owner, party.team_id = owner, owner.team_id if owner else None
    Party.objects.bulk_update(parties, ["owner", "team"], batch_size=1000)
    record_all(told)
