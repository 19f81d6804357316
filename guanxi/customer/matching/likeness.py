"""What the check at the door answers: who it may be, by which rule, how surely, and why."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Strength(StrEnum):
    """What a policy decides by."""

    SAME = "same"  # the same strong identifier, and the names do not speak against it
    NAMED = "named"  # the same name and something else in common
    SIMILAR = "similar"  # nothing but a resemblance


class Rule(StrEnum):
    """The rule that spoke; stored with proposals. The best one wins where several do."""

    SAME_EMAIL = "same-email"
    SAME_PHONE = "same-phone"
    SAME_CARD = "same-card"
    SAME_WECOM = "same-wecom"
    SAME_USCC = "same-uscc"
    SAME_NUMBER = "same-number"
    SAME_NAME = "same-name"  # and something else
    SIMILAR_NAME = "similar-name"
    SHARED = "shared"  # an identifier in common, but another name: a household, a colleague, a wrong entry


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """A living customer whom a candidate may mean.

    `record` is the source record that says so (for a Proposal). `probability` is from 0 to 1, `weight` in bits.
    `explanation` is [{"field", "level", "left", "right", "weight"}, …]: left what the candidate says, right what the
    customer's record does; levels are those of guanxi.analytical.identity.Level.
    """

    party: int
    record: int
    rule: Rule
    strength: Strength
    probability: float
    weight: float
    explanation: list[dict[str, Any]] = field(default_factory=list)
