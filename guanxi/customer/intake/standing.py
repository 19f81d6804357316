"""What a source has said about one customer so far, and what the next row makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guanxi.customer.intake.incoming import Status


@dataclass(frozen=True)
class Saying:
    """One payload with the fields read from it."""

    payload: Mapping[str, Any]
    fields: Mapping[str, str]
    as_of: datetime
    received_at: datetime

    def same_words(self, other: "Saying") -> bool:
        return self.payload == other.payload and self.fields == other.fields


@dataclass
class Standing:
    """The current saying of a source record and all earlier ones. `record` and `party` are None until it is stored."""

    record: int | None = None
    party: int | None = None
    current: Saying | None = None
    earlier: list[Saying] = field(default_factory=list)
    retired: list[Saying] = field(default_factory=list)  # of `earlier`, those that are not stored yet
    is_changed: bool = False

    def hear(self, saying: Saying) -> Status:
        """Take the next row in. A newer saying replaces the current one, an older one joins the earlier ones.

        The same words change nothing, even when they are repeated later: "since when" is when they were first said.
        """
        if self.current is None:
            self.current, self.is_changed = saying, True
            return Status.CREATED
        if self._knows(saying):
            return Status.UNCHANGED
        if saying.as_of < self.current.as_of:
            self._retire(saying)
            return Status.UNCHANGED
        self._retire(self.current)
        self.current, self.is_changed = saying, True
        return Status.UPDATED

    def _knows(self, saying: Saying) -> bool:
        if self.current is not None and saying.same_words(self.current):
            return True
        return any(saying.as_of == each.as_of and saying.same_words(each) for each in self.earlier)

    def _retire(self, saying: Saying) -> None:
        self.earlier.append(saying)
        self.retired.append(saying)
