"""The kinds of event about meetings, tasks, promises, files, and notes that were taken back."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guanxi.customer.timeline.kinds import Happening, event_kind
from guanxi.foundation.ui import formats


@event_kind("customer.meeting_held")
@dataclass(frozen=True)
class MeetingHeld(Happening):
    """Colleagues met the customer."""

    icon: ClassVar[str] = "visit"
    names_channel: ClassVar[bool] = True
    text: str
    place: str = ""
    people: str = ""  # who took part, as it was written

    def headline(self) -> str:
        return _("Meeting, %(place)s") % {"place": self.place} if self.place else _("Meeting")

    def details(self) -> str:
        return f"{self.text}\n{_('With: %(people)s') % {'people': self.people}}" if self.people else self.text


@event_kind("customer.task_set")
@dataclass(frozen=True)
class TaskSet(Happening):
    """Somebody has to do something about the customer. `due` is an ISO day."""

    icon: ClassVar[str] = "task"
    touches: ClassVar[bool] = False
    what: str
    due: str
    assignee: str

    def headline(self) -> str:
        return _("Task for %(name)s") % {"name": self.assignee}

    def details(self) -> str:
        return _("%(what)s, by %(day)s") % {"what": self.what, "day": _day(self.due)}


@event_kind("customer.task_done")
@dataclass(frozen=True)
class TaskDone(Happening):
    """The task is done."""

    icon: ClassVar[str] = "check"
    touches: ClassVar[bool] = False
    what: str

    def headline(self) -> str:
        return _("Task done")

    def details(self) -> str:
        return self.what


@event_kind("customer.promise_made")
@dataclass(frozen=True)
class PromiseMade(Happening):
    """The customer was promised something by a day."""

    icon: ClassVar[str] = "promise"
    what: str
    due: str

    def headline(self) -> str:
        return _("Promised by %(day)s") % {"day": _day(self.due)}

    def details(self) -> str:
        return self.what


@event_kind("customer.promise_kept")
@dataclass(frozen=True)
class PromiseKept(Happening):
    """What was promised was done, maybe late."""

    icon: ClassVar[str] = "check"
    what: str
    days_late: int = 0

    def headline(self) -> str:
        if self.days_late <= 0:
            return _("Promise kept")
        late = ngettext("%(n)s day late", "%(n)s days late", self.days_late) % {"n": self.days_late}
        return _("Promise kept, %(late)s") % {"late": late}

    def details(self) -> str:
        return self.what


@event_kind("customer.promise_broken")
@dataclass(frozen=True)
class PromiseBroken(Happening):
    """The day is over, and it was not done."""

    icon: ClassVar[str] = "due"
    touches: ClassVar[bool] = False
    what: str
    due: str

    def headline(self) -> str:
        return _("Promise broken")

    def details(self) -> str:
        return _("%(what)s, by %(day)s") % {"what": self.what, "day": _day(self.due)}


@event_kind("customer.promise_withdrawn")
@dataclass(frozen=True)
class PromiseWithdrawn(Happening):
    """A promise was taken back, and the customer told why."""

    icon: ClassVar[str] = "undo"
    what: str
    reason: str

    def headline(self) -> str:
        return _("Promise taken back")

    def details(self) -> str:
        return f"{self.what} ({self.reason})"


@event_kind("customer.file_added")
@dataclass(frozen=True)
class FileAdded(Happening):
    """A file is kept with the customer from now on, or no longer."""

    icon: ClassVar[str] = "file"
    touches: ClassVar[bool] = False
    name: str
    size: int
    removed: bool = False

    def headline(self) -> str:
        return _("File taken away") if self.removed else _("File")

    def details(self) -> str:
        return f"{self.name} ({formats.size(self.size)})"


def _day(written: str) -> str:
    return formats.day(date.fromisoformat(written))
