"""Whom the typed words may already mean, and how much of that the colleague at the keyboard may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from guanxi.customer.access import covered
from guanxi.customer.duplicates import policy_for
from guanxi.customer.matching import Likeness, alike, read_candidate
from guanxi.customer.models import DuplicatePolicy, Party
from guanxi.customer.normal.masking import masked
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current
from guanxi.foundation.rows import columns, made_of

MOST = 5
Action = DuplicatePolicy.Action
# Of several customers who resemble the new one, the strictest consequence holds.
STRICTEST = (Action.BLOCK, Action.ATTACH, Action.REVIEW, Action.WARN)
SHOWN = f"""
    SELECT first.at, registrar.name, {columns(Party)}, {columns(User)}
      FROM customer_party
      LEFT JOIN accounts_user ON accounts_user.id = customer_party.owner_id
      LEFT JOIN LATERAL (
           SELECT at, by_id FROM customer_registration WHERE party_id = customer_party.id ORDER BY at, id LIMIT 1
           ) AS first ON true
      LEFT JOIN accounts_user AS registrar ON registrar.id = first.by_id
     WHERE customer_party.id = ANY(%s) AND customer_party.merged_into_id IS NULL
"""


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
    shown = _shown([each.party for each in found])
    seen, written = (covered(user, verb, shown) for verb in ("customer.read", "customer.write"))
    return [
        Suspect(
            party=shown[each.party][0],
            likeness=each,
            action=policy.action(each.strength),
            is_visible=each.party in seen,
            may_write=each.party in written,
            known_since=shown[each.party][1],
            registered_by=shown[each.party][2],
        )
        for each in found
        if each.party in shown
    ]


def consequence(found: Sequence[Suspect]) -> DuplicatePolicy.Action | None:
    """What is to be done with an entry that may mean these customers; None when it may mean nobody."""
    asked = {each.action for each in found}
    return next((action for action in STRICTEST if action in asked), None)


def must_ask(found: Sequence[Suspect], *, anyway: bool) -> bool:
    """Whether nothing may be stored yet: the policy refuses it, or the person has not said that it is somebody else."""
    action = consequence(found)
    return action == Action.BLOCK or (action == Action.WARN and not anyway)


def _shown(parties: Sequence[int]) -> dict[int, tuple[Party, datetime, str]]:
    """Customers with their owners, since when they are known, and who registered them first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, [list(parties)])
        found = (_one(*row[:2], *made_of((Party, User), row[2:])) for row in cursor.fetchall())
        return {each[0].pk: each for each in found}


def _one(at: datetime | None, by: str | None, party: Party, owner: User | None) -> tuple[Party, datetime, str]:
    party.owner = owner
    return party, at or party.created_at, by or ""
