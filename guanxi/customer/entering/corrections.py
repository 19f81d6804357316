"""The same question when an address or number of a known customer is typed: does somebody else have it?"""

from collections.abc import Sequence
from datetime import datetime

from guanxi.customer.actions import own_record
from guanxi.customer.duplicates import propose
from guanxi.customer.entering.suspects import Suspect, suspects
from guanxi.customer.matching.words import agreeing
from guanxi.customer.models import DuplicatePolicy, Identifier, Party, Proposal
from guanxi.foundation.accounts.models import User

Action = DuplicatePolicy.Action


def doubts(party: Party, field: str, text: str, user: User) -> list[Suspect]:
    """Other customers who have what is typed for this one; none for fields that point at nobody."""
    is_new = text.strip() not in {"", getattr(party, field, "")}
    if field not in Identifier.Kind.values or not is_new:
        return []
    typed = {"name": party.name, "kind": party.kind, "country": party.country, field: text}
    found = suspects(typed, entry=DuplicatePolicy.Entry.CORRECTION, user=user, party=party.pk)
    return [each for each in found if any(line["field"] == field for line in agreeing(each.likeness.explanation))]


def send_to_review(party: Party, found: Sequence[Suspect], *, at: datetime) -> None:
    """Propose those that the policy wants compared; adding to a known customer is no way out of a correction."""
    doubtful = [each for each in found if each.action in {Action.REVIEW, Action.ATTACH}]
    if doubtful:
        own = own_record(party=party, at=at)
        propose([(own.pk, each.likeness) for each in doubtful], origin=Proposal.Origin.ENTRY, at=at)
