"""What becomes of rows that may mean a customer known already, or one of an earlier row of the same batch."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guanxi.customer.duplicates import Policy, policy_for
from guanxi.customer.encounters.neighbours import Neighbours
from guanxi.customer.encounters.words import RULES
from guanxi.customer.intake import Arriving, Decision, Verdict
from guanxi.customer.matching import Candidate, Likeness, Strength, alike, common_names
from guanxi.customer.models import DuplicatePolicy

Action = DuplicatePolicy.Action

DECISIONS = {
    Action.BLOCK: Decision.REFUSE,
    Action.ATTACH: Decision.JOIN,
    Action.REVIEW: Decision.PROPOSE,
    Action.WARN: Decision.NOTE,
}
STRONGEST_FIRST = list(Strength)


@dataclass(frozen=True)
class Encounter:
    """The likeness that counts, and the place of the row that it is with; None for a customer of the record."""

    likeness: Likeness
    place: int | None = None

    @property
    def order(self) -> tuple[int, float, bool]:
        return STRONGEST_FIRST.index(self.likeness.strength), -self.likeness.weight, self.place is not None


def decide(arriving: Sequence[Arriving]) -> list[Verdict | None]:
    """A verdict for each row that may mean somebody. Of several likenesses the strongest counts, then the surest."""
    policy = policy_for(DuplicatePolicy.Entry.IMPORT)
    candidates = [_candidate(each) for each in arriving]
    common = common_names(candidates)
    neighbours = Neighbours(common)
    verdicts: list[Verdict | None] = []
    for place, (each, likely) in enumerate(zip(arriving, alike(candidates, common), strict=True)):
        signs = neighbours.signs(candidates[place])
        met = [Encounter(likeness) for likeness in likely]
        met += [Encounter(likeness, other) for other, likeness in neighbours.like(candidates[place], signs)]
        verdict = _verdict(min(met, key=lambda one: one.order), likely, policy, arriving) if met else None
        verdicts.append(verdict)
        if verdict is None or verdict.decision is not Decision.REFUSE or each.party is not None:
            neighbours.add(place, each.read, signs)
    return verdicts


def _candidate(each: Arriving) -> Candidate:
    """A customer number counts where the row says it, not where it is merely its source's own key."""
    read = each.read
    says_number = "number" in read.fields
    pointers = frozenset([(kind, value) for kind, value, _ in read.pointers if says_number or kind != "number"])
    return Candidate(fields=read.fields, sort_key=read.sort_key, identifiers=pointers, party=each.party)


def _verdict(met: Encounter, likely: Sequence[Likeness], policy: Policy, arriving: Sequence[Arriving]) -> Verdict:
    said, is_here = met.likeness, met.place is None
    decision = DECISIONS[policy.action(said.strength)]
    why = {"why": RULES[said.rule]}
    if is_here:
        reason = _("It is most probably customer %(party)s, who is known already: %(why)s.") % {
            "party": said.party,
            **why,
        }
    else:
        reason = _("It is most probably the customer of an earlier row, number %(number)s: %(why)s.") % {
            "number": arriving[met.place or 0].read.external_id,
            **why,
        }
    return Verdict(
        decision=decision,
        party=said.party if is_here else None,
        record=said.record if is_here else None,
        place=met.place,
        reason=reason if decision is Decision.REFUSE else "",
        rule=said.rule,
        probability=said.probability,
        weight=said.weight,
        explanation=said.explanation,
        others=tuple(each.party for each in likely),
    )
