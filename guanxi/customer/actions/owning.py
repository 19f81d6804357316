from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from guanxi.customer.access import visible_parties
from guanxi.customer.actions.giving import Gift, Held, gift, give, give_back, hold, still_given
from guanxi.customer.actions.undoing import undo_once
from guanxi.customer.pool.caps import in_turn
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.audit.models import Entry

ASSIGNED = "customer.owner_assigned"
ASSIGNMENT_UNDONE = "customer.assignment_undone"


@transaction.atomic
def assign_owner(*, parties: Collection[int], owner: User | None, by: User, at: datetime) -> Entry | None:
    """Give customers to a colleague (or to nobody). The audit entry can undo it; None when nothing had to change."""
    after = owner.pk if owner else None
    changed = [held for held in hold(parties, at=at) if held.owner != after]
    if not changed:
        return None
    give([gift(held, owner) for held in changed], by=by, at=at)
    before = {str(held.pk): held.owner for held in changed}
    teams = {str(held.pk): held.team for held in changed if held.owner is None and held.team is not None}
    return note(verb=ASSIGNED, by=by, at=at, before=before, teams=teams, after=after)


@transaction.atomic
def undo_assignment(*, entry: Entry, by: User, at: datetime) -> set[int]:
    """Give customers back whom nobody has reassigned since, once; returns whom.

    They must be the colleague's to change, or have been their own before, and their owner must still have room for
    them. Raises UserError when it was undone already.
    """
    before = {int(pk): owner for pk, owner in entry.facts["before"].items()}
    in_turn({owner for owner in before.values() if owner is not None})
    undo_once(entry, verb=ASSIGNMENT_UNDONE)
    given = (held for held in hold(before, at=at) if held.owner == entry.facts["after"])
    unchanged = still_given(given, since=entry.at)
    changeable = visible_parties(by, "customer.write").filter(pk__in=[held.pk for held in unchanged])
    allowed = set(changeable.values_list("pk", flat=True))
    back = [held for held in unchanged if held.pk in allowed or before[held.pk] == by.pk]
    gone = give_back(_as_before(back, before, entry.facts.get("teams", {})), since=entry.at, by=by, at=at)
    note(verb=ASSIGNMENT_UNDONE, by=by, at=at, subject=f"entry:{entry.pk}", parties=len(gone))
    return gone


def _as_before(back: list[Held], before: dict[int, int | None], teams: dict[str, int | None]) -> list[Gift]:
    owners = User.objects.in_bulk([owner for owner in before.values() if owner])
    gifts = []
    for held in back:
        owner = before[held.pk]
        if owner is None:
            gifts.append(Gift(held, None, teams.get(str(held.pk))))
        elif owner in owners:  # who is no colleague any more gets nothing back
            gifts.append(gift(held, owners[owner]))
    return gifts
