"""How far an import has come, as pages show it."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from guanxi.integration.transfer.figures import Line, notes, rejections, results
from guanxi.integration.transfer.models import Import, Undo

TONES = {
    Import.State.RUNNING: "info",
    Import.State.PAUSED: "due",
    Import.State.FAILED: "bad",
    Import.State.FINISHED: "good",
    Import.State.UNDOING: "due",
}


class Paced(ABC):
    """Work of which so much is done in so much time, and what follows from that."""

    @property
    @abstractmethod
    def done(self) -> int: ...

    @property
    @abstractmethod
    def total(self) -> int: ...

    @property
    @abstractmethod
    def seconds(self) -> float: ...

    @property
    @abstractmethod
    def is_running(self) -> bool: ...

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 0.0

    @property
    def rate(self) -> float:
        """Rows or customers a second, over the time that was worked."""
        return self.done / self.seconds if self.done and self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """None when it does not run or nothing is known yet."""
        return (self.total - self.done) / self.rate if self.is_running and self.rate else None


@dataclass(frozen=True)
class UndoProgress(Paced):
    """How far the undo of an import has come. Names and meanings are those of the progress component."""

    of: Undo

    @property
    def state(self) -> str:
        if self.of.failed_at:
            return str(Import.State.FAILED.label)
        return str(Import.State.PAUSED.label if self.of.paused_at else Import.State.UNDOING.label)

    @property
    def title(self) -> str:
        return self.of.of.file_name

    @property
    def done(self) -> int:
        return min(self.of.withdrawn + self.of.removed + self.of.restored + self.of.kept, self.total)

    @property
    def total(self) -> int:
        return self.of.total

    @property
    def seconds(self) -> float:
        return self.of.seconds

    @property
    def is_running(self) -> bool:
        return self.of.is_running


@dataclass(frozen=True)
class Progress(Paced):
    """An import with its figures. Names and meanings are those of the progress component."""

    of: Import

    @property
    def state(self) -> str:
        return str(self.of.state.label)

    @property
    def tone(self) -> str:
        return TONES.get(self.of.state, "quiet")

    @property
    def title(self) -> str:
        return self.of.file_name

    @property
    def is_running(self) -> bool:
        return self.of.state == Import.State.RUNNING

    @property
    def is_open(self) -> bool:
        """Whether it may still go on."""
        return self.of.state in (Import.State.RUNNING, Import.State.PAUSED, Import.State.FAILED)

    @property
    def done(self) -> int:
        return self.of.done_rows

    @property
    def total(self) -> int:
        return self.of.rows

    @property
    def seconds(self) -> float:
        return self.of.seconds

    @property
    def results(self) -> list[Line]:
        return results(self.of.counts)

    @property
    def rejections(self) -> list[Line]:
        return rejections(self.of.counts)

    @property
    def notes(self) -> list[Line]:
        return notes(self.of.counts)

    @property
    def rejected(self) -> int:
        return int(self.of.counts.get("rejected", 0))
