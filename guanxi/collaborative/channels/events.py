"""What delivery tells the timeline."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from guanxi.customer.timeline import Happening, event_kind


@event_kind("channels.message_sent")
@dataclass(frozen=True)
class MessageSent(Happening):
    """A message left. `outbox` is the row's number, `programme` insight's, where it belonged to one."""

    icon: ClassVar[str] = "mail"
    outbox: int
    subject: str
    purpose: str
    address: str
    programme: int | None = None

    def headline(self) -> str:
        return _("Mail sent: %(subject)s") % {"subject": self.subject}


@event_kind("channels.message_failed")
@dataclass(frozen=True)
class MessageFailed(Happening):
    """A message was refused for good, with the reason."""

    icon: ClassVar[str] = "bad"
    touches: ClassVar[bool] = False
    outbox: int
    subject: str
    reason: str

    def headline(self) -> str:
        return _("Mail not delivered: %(subject)s") % {"subject": self.subject}

    def details(self) -> str:
        return self.reason
