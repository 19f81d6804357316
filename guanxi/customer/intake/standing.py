"""What a source has said about one customer so far, and what the next saying makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from guanxi.customer.intake.belongings import Held
from guanxi.customer.intake.incoming import Status


class Effect(StrEnum):
    """What a saying does to the words that count."""

    FIRST = "first"
    NEWER = "newer"  # they are replaced
    SAME = "same"  # they were said before
    LATE = "late"  # older than the words that count: kept beside them

    @property
    def status(self) -> Status:
        return {Effect.FIRST: Status.CREATED, Effect.NEWER: Status.UPDATED}.get(self, Status.UNCHANGED)


@dataclass(frozen=True)
class Saying:
    """One payload with the fields read from it. `telling` is the one that brought it, None for the record's first."""

    payload: Mapping[str, Any]
    fields: Mapping[str, Any]
    as_of: datetime
    received_at: datetime
    telling: int | None = None
    superseded_at: datetime | None = None

    def same_words(self, other: "Saying") -> bool:
        return self.payload == other.payload and self.fields == other.fields


@dataclass
class Standing:
    """The current saying of a source record, all earlier ones, and what it holds besides.

    `record` and `party` are None until it is stored. `joins` is the customer known already whose record it becomes, or
    the standing of the same batch that has him; `refused` says why it is not stored at all.
    """

    record: int | None = None
    party: int | None = None
    current: Saying | None = None
    earlier: list[Saying] = field(default_factory=list)
    retired: list[Saying] = field(default_factory=list)  # of `earlier`, those that are not stored yet
    held: Held = field(default_factory=dict)
    joins: "int | Standing | None" = None
    refused: str = ""

    @property
    def is_new(self) -> bool:
        return self.record is None

    def hear(self, saying: Saying) -> Effect:
        """Take the next saying in. A newer one replaces the current one, an older one joins the earlier ones.

        The same words change nothing, even when they are repeated later: "since when" is when they were first said.
        """
        if self.current is None:
            self.current = saying
            return Effect.FIRST
        if self._knows(saying):
            return Effect.SAME
        if saying.as_of < self.current.as_of:
            self._retire(saying, saying.received_at)
            return Effect.LATE
        self._retire(self.current, saying.received_at)
        self.current = saying
        return Effect.NEWER

    def _knows(self, saying: Saying) -> bool:
        if self.current is not None and saying.same_words(self.current):
            return True
        return any(saying.as_of == each.as_of and saying.same_words(each) for each in self.earlier)

    def _retire(self, saying: Saying, at: datetime) -> None:
        gone = replace(saying, superseded_at=at)
        self.earlier.append(gone)
        self.retired.append(gone)
