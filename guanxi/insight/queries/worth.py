"""What all customers together are expected to bring, as the last refresh has reckoned it."""

from dataclasses import dataclass
from typing import Any

from guanxi.insight.queries.freshness import facts_of

Sums = dict[str, float]


@dataclass(frozen=True)
class Worth:
    """value: sales within `days` with an 80 % interval that the trial has taught. profit: None without a margin.

    equity: profit of the next five years in today's money, where a model sees so far. at_stake: what waking all the
    `lapsed` would add.
    """

    days: int
    value: Sums
    terms: dict[str, Any]
    profit: float | None
    loss_makers: int
    equity: Sums | None
    at_stake: float | None
    lapsed: int


def worth() -> Worth | None:
    """None where nothing could be forecast."""
    chosen, told = facts_of("models"), facts_of("worth")
    if not chosen.get("total") or not told.get("terms"):
        return None
    return Worth(days=chosen["horizon"], value=chosen["total"], **told)
