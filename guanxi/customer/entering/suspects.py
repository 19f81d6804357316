"""Whom the typed words may already mean, and how much of that the colleague at the keyboard may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from guanxi.customer.access import visible_parties
from guanxi.customer.duplicates import policy_for
from guanxi.customer.matching import Likeness, alike, read_candidate
from guanxi.customer.models import DuplicatePolicy, Party, Registration
from guanxi.customer.normal.masking import masked
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current

MOST = 5
Action = DuplicatePolicy.Action
# Of several customers who resemble the new one, the strictest consequence holds.
STRICTEST = (Action.BLOCK, Action.ATTACH, Action.REVIEW, Action.WARN)


@dataclass(frozen=True)
class Suspect:
    """A customer whom the entry may mean. Who may not see the customer is told its masked name, owner and age only."""

    party: Party
    likeness: Likeness
    action: DuplicatePolicy.Action
    is_visible: bool
    may_write: bool
    known_since: datetime
    registered_by: str

    @property
    def name(self) -> str:
        return self.party.name if self.is_visible else masked(self.party.name)

    @property
    def owner(self) -> str:
        return self.party.owner.name if self.party.owner else ""


def suspects(fields: Mapping[str, str], *, entry: str, user: User, party: int | None = None) -> list[Suspect]:
    """At most five living customers, the likeliest first; a constant number of queries.

    `fields` are golden fields and identifiers as typed; `entry` is a value of DuplicatePolicy.Entry; `party` is the
    customer whom they are typed for, if there is one.
    """
    company = current()
    candidate = read_candidate(fields, country=company.country if company else "", party=party)
    found = alike([candidate])[0][:MOST]
    if not found:
        return []
    policy = policy_for(entry)
    known = Party.objects.select_related("owner").in_bulk([each.party for each in found])
    seen = _among(user, "customer.read", known)
    written = _among(user, "customer.write", known)
    first = _first_registrations(known)
    return [
        Suspect(
            party=known[each.party],
            likeness=each,
            action=policy.action(each.strength),
            is_visible=each.party in seen,
            may_write=each.party in written,
            known_since=first[each.party].at if each.party in first else known[each.party].created_at,
            registered_by=_name(first.get(each.party)),
        )
        for each in found
        if each.party in known
    ]


def consequence(found: Sequence[Suspect]) -> DuplicatePolicy.Action | None:
    """What is to be done with an entry that may mean these customers; None when it may mean nobody."""
    asked = {each.action for each in found}
    return next((action for action in STRICTEST if action in asked), None)


def must_ask(found: Sequence[Suspect], *, anyway: bool) -> bool:
    """Whether nothing may be stored yet: the policy refuses it, or the person has not said that it is somebody else."""
    action = consequence(found)
    return action == Action.BLOCK or (action == Action.WARN and not anyway)


def _among(user: User, verb: str, known: Mapping[int, Party]) -> set[int]:
    return set(visible_parties(user, verb).filter(pk__in=known).values_list("pk", flat=True))


def _first_registrations(known: Mapping[int, Party]) -> dict[int, Registration]:
    rows = Registration.objects.filter(party__in=known).order_by("party", "at", "id").distinct("party")
    return {each.party_id: each for each in rows.select_related("by")}


def _name(registration: Registration | None) -> str:
    return registration.by.name if registration and registration.by else ""
