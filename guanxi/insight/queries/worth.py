"""What all customers together are expected to bring, as the last refresh has reckoned it."""

from dataclasses import dataclass

from guanxi.insight.queries.freshness import facts_of
from guanxi.insight.scores.terms import LOSS, Terms

Sums = dict[str, float]


@dataclass(frozen=True)
class Worth:
    """value: sales within `days`, and profit, None without a margin, with 80 % intervals that the trial has taught.

    error: how far the trial's total lay above what came, a share of it, None where nothing came. equity: profit of the
    next five years in today's money, where a model sees so far. at_stake: what waking all the `lapsed` would add.
    """

    days: int
    value: Sums
    error: float | None
    terms: Terms
    profit: Sums | None
    loss_makers: int
    equity: Sums | None
    at_stake: float | None
    lapsed: int

    @property
    def is_short(self) -> bool:
        """Whether the trial's total lay below what came."""
        return self.error is not None and self.error < 0

    @property
    def missed(self) -> float:
        """By how much, either way."""
        return abs(self.error or 0.0)

    @property
    def of_loss_makers(self) -> str:
        """The condition that finds those who are counted."""
        return f"profit:at_most:{LOSS}"


def worth() -> Worth | None:
    """None where nothing could be forecast."""
    chosen, told = facts_of("models"), facts_of("worth")
    trial = chosen.get("trial")
    if not trial or not told:
        return None
    error = trial["forecast"] / trial["came"] - 1 if trial["came"] else None
    return Worth(days=chosen["horizon"], value=chosen["total"], error=error, terms=Terms(**facts_of("terms")), **told)
