"""What the timeline tells of merges."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from guanxi.customer.timeline import Happening, event_kind


@event_kind("customer.merged")
@dataclass(frozen=True)
class Merged(Happening):
    """Another customer was found to be this one; names as they were that day."""

    icon: ClassVar[str] = "merge"
    touches: ClassVar[bool] = False
    absorbed: str
    merge: int

    def headline(self) -> str:
        return _("Merged with %(name)s") % {"name": self.absorbed}


@event_kind("customer.merge_undone")
@dataclass(frozen=True)
class MergeUndone(Happening):
    """The two are two again; told on both timelines."""

    icon: ClassVar[str] = "undo"
    touches: ClassVar[bool] = False
    other: str
    merge: int

    def headline(self) -> str:
        return _("No longer merged with %(name)s") % {"name": self.other}


@event_kind("customer.split_off")
@dataclass(frozen=True)
class SplitOff(Happening):
    """What one source says was found to be about somebody else; told on the customer it was taken from."""

    icon: ClassVar[str] = "merge"
    touches: ClassVar[bool] = False
    source: str
    number: str

    def headline(self) -> str:
        return _("Split off: what %(source)s says under %(number)s") % {"source": self.source, "number": self.number}


@event_kind("customer.split_undone")
@dataclass(frozen=True)
class SplitUndone(Happening):
    """What was split off is back."""

    icon: ClassVar[str] = "undo"
    touches: ClassVar[bool] = False
    source: str
    number: str

    def headline(self) -> str:
        return _("Put back: what %(source)s says under %(number)s") % {"source": self.source, "number": self.number}
