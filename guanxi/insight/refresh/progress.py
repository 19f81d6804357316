"""What a refresh tells while it works."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Before each step: which one begins (empty at the end), how many are done, and the seconds spent so far."""

    refresh: int
    step: str
    done: int
    total: int
    seconds: float

    @property
    def share(self) -> float:
        """Of one."""
        return self.done / self.total


Watcher = Callable[[Progress], None]


def unwatched(progress: Progress) -> None:
    """Nobody looks."""
