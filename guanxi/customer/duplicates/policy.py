"""What the company wants done with a likely duplicate, for each way in; `policy_for("import")` is one query."""

from dataclasses import dataclass

from guanxi.customer.duplicates.strength import Strength
from guanxi.customer.models import DuplicatePolicy

Action = DuplicatePolicy.Action
Entry = DuplicatePolicy.Entry


@dataclass(frozen=True)
class Policy:
    """What follows from each strength of likeness at one way in."""

    strong: str
    named: str
    similar: str

    def action(self, strength: Strength) -> DuplicatePolicy.Action:
        """block, warn, attach or review."""
        return Action(getattr(self, strength.value))


# Nothing is refused or joined before the company says so: a clerk sees it, an import leaves it to the review.
DEFAULTS = {
    Entry.FORM: Policy(Action.WARN, Action.WARN, Action.WARN),
    Entry.CORRECTION: Policy(Action.WARN, Action.REVIEW, Action.REVIEW),
    Entry.IMPORT: Policy(Action.REVIEW, Action.REVIEW, Action.WARN),
}


def policy_for(entry: str) -> Policy:
    """The company's policy for a way in (a value of DuplicatePolicy.Entry), or the default. Raises ValueError."""
    known = DuplicatePolicy.objects.filter(entry=Entry(entry)).first()
    return Policy(known.strong, known.named, known.similar) if known else DEFAULTS[Entry(entry)]


def policies() -> dict[DuplicatePolicy.Entry, Policy]:
    """The policy of every way in, in one query."""
    known = {each.entry: Policy(each.strong, each.named, each.similar) for each in DuplicatePolicy.objects.all()}
    return {entry: known.get(entry.value, DEFAULTS[entry]) for entry in Entry}
