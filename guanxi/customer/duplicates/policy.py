"""What the company wants done with a likely duplicate, for each way in; `policy_for("import")` is one query."""

from dataclasses import dataclass

from guanxi.customer.models import DuplicatePolicy
from guanxi.foundation.rows import first

Action = DuplicatePolicy.Action
Entry = DuplicatePolicy.Entry


@dataclass(frozen=True)
class Policy:
    """What follows from each strength of likeness (`matching.Strength`) at one way in."""

    same: str
    named: str
    similar: str

    def action(self, strength: str) -> DuplicatePolicy.Action:
        """block, warn, attach or review."""
        return Action({"same": self.same, "named": self.named, "similar": self.similar}[strength])


# Nothing is refused or joined before the company says so: a clerk sees it, an import leaves it to the review.
DEFAULTS = {
    Entry.FORM: Policy(Action.WARN, Action.WARN, Action.WARN),
    Entry.CORRECTION: Policy(Action.WARN, Action.WARN, Action.WARN),
    Entry.IMPORT: Policy(Action.REVIEW, Action.REVIEW, Action.WARN),
}


def policy_for(entry: str) -> Policy:
    """The company's policy for a way in (a value of DuplicatePolicy.Entry), or the default. Raises ValueError."""
    known = first(DuplicatePolicy, "entry = %s", [Entry(entry).value])
    return Policy(known.same, known.named, known.similar) if known else DEFAULTS[Entry(entry)]


def policies() -> dict[DuplicatePolicy.Entry, Policy]:
    """The policy of every way in, in one query."""
    known = {each.entry: Policy(each.same, each.named, each.similar) for each in DuplicatePolicy.objects.all()}
    return {entry: known.get(entry.value, DEFAULTS[entry]) for entry in Entry}
