"""Who has a say on what comes in: refusers, who keep rows out, and the judge of customers known already.

Packages that know the rules register here when the app starts, so that the intake depends on none of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from guanxi.customer.intake.reading import Read
from guanxi.customer.models import Source

# For each row, in their order, a sentence why it must stay out; empty for the welcome.
Refuser = Callable[[Source, Sequence[Read]], list[str]]


class Decision(StrEnum):
    """What becomes of a row that may mean a customer known already."""

    REFUSE = "refuse"
    JOIN = "join"  # it becomes a record of that customer
    PROPOSE = "propose"  # it is kept apart, and the question goes to the review
    NOTE = "note"  # it is kept apart, and the outcome says so


class Arriving(NamedTuple):
    """A row that is new, or says something new of the customer `party`."""

    read: Read
    party: int | None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is decided about one arriving row, and why.

    The customer known already is `party`, by `record`; or else the row at `place` among those arriving, an earlier one.
    `reason` is the sentence of a refusal; `explanation` is as in Proposal; `others` are all parties it may mean.
    """

    decision: Decision
    party: int | None = None
    record: int | None = None
    place: int | None = None
    reason: str = ""
    rule: str = ""
    probability: float = 0.0
    weight: float = 0.0
    explanation: list[dict[str, Any]] = field(default_factory=list)
    others: tuple[int, ...] = ()


Judge = Callable[[Sequence[Arriving]], list[Verdict | None]]

_refusers: list[Refuser] = []
_judges: list[Judge] = []


def add_refuser(refuser: Refuser) -> None:
    """From now on `refuser` is asked about every batch, before anything else is. Adding it twice is adding it once."""
    if refuser not in _refusers:
        _refusers.append(refuser)


def appoint(judge: Judge) -> None:
    """Let `judge` decide about rows that may mean a customer known already; it replaces the one before."""
    _judges[:] = [judge]


def admitted(source: Source, readings: Sequence[Read | str]) -> list[Read | str]:
    """The readings, those that a refuser keeps out replaced by his reason."""
    admitted = list(readings)
    for refuser in _refusers:
        asked = [(place, each) for place, each in enumerate(admitted) if isinstance(each, Read)]
        reasons = refuser(source, [each for _, each in asked])
        for (place, _), reason in zip(asked, reasons, strict=True):
            if reason:
                admitted[place] = reason
    return admitted


def judged(arriving: Sequence[Arriving]) -> list[Verdict | None]:
    """What the judge decides about each row; nothing while none is appointed."""
    return _judges[0](arriving) if _judges and arriving else [None] * len(arriving)
