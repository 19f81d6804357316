from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from guanxi.customer.access import visible_parties
from guanxi.customer.actions.giving import Gift, Held, gift, give, give_back, hold
from guanxi.customer.actions.undoing import undo_once
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.audit.models import Entry

ASSIGNED = "customer.owner_assigned"
ASSIGNMENT_UNDONE = "customer.assignment_undone"


@transaction.atomic
def assign_owner(*, parties: Collection[int], owner: User | None, by: User, at: datetime) -> Entry | None:
    """Give customers to a colleague (or to nobody). The audit entry can undo it; None when nothing had to change."""
    after = owner.pk if owner else None
    changed = [held for held in hold(parties) if held.owner != after]
    if not changed:
        return None
    give([gift(held, owner) for held in changed], by=by, at=at)
    before = {str(held.pk): held.owner for held in changed}
    teams = {str(held.pk): held.team for held in changed if held.owner is None and held.team is not None}
    return note(verb=ASSIGNED, by=by, at=at, before=before, teams=teams, after=after)


@transaction.atomic
def undo_assignment(*, entry: Entry, by: User, at: datetime) -> int:
    """Give customers back whom nobody has reassigned since, once; returns how many.

    They must be the colleague's to change, or have been their own before. Raises UserError when it was undone already.
    """
    undo_once(entry, verb=ASSIGNMENT_UNDONE)
    before = {int(pk): owner for pk, owner in entry.facts["before"].items()}
    unchanged = [held for held in hold(before) if held.owner == entry.facts["after"]]
    changeable = visible_parties(by, "customer.write").filter(pk__in=[held.pk for held in unchanged])
    allowed = set(changeable.values_list("pk", flat=True))
    back = [held for held in unchanged if held.pk in allowed or before[held.pk] == by.pk]
    give_back(_as_before(back, before, entry.facts.get("teams", {})), since=entry.at, by=by, at=at)
    note(verb=ASSIGNMENT_UNDONE, by=by, at=at, subject=f"entry:{entry.pk}", parties=len(back))
    return len(back)


def _as_before(back: list[Held], before: dict[int, int | None], teams: dict[str, int | None]) -> list[Gift]:
    owners = User.objects.in_bulk([owner for owner in before.values() if owner])
    gifts = []
    for held in back:
        owner = owners.get(before[held.pk] or 0)
        gifts.append(gift(held, owner) if owner else Gift(held, None, teams.get(str(held.pk))))
    return gifts
