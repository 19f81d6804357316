"""What delivery tells the timeline."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from guanxi.collaborative.channels.reasons import reason_said
from guanxi.customer.models import Event, Outbox
from guanxi.customer.timeline import Happening, Occurrence, event_kind


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
        return reason_said(self.reason)


def sent_event(row: Outbox, at: datetime) -> Occurrence:
    """The message has left."""
    what = MessageSent(
        outbox=row.pk, subject=row.subject, purpose=row.purpose, address=row.address, programme=row.programme
    )
    return _event(row, what, at)


def failed_event(row: Outbox, reason: str, at: datetime) -> Occurrence:
    """The message will not be delivered."""
    return _event(row, MessageFailed(outbox=row.pk, subject=row.subject, reason=reason), at)


def _event(row: Outbox, what: MessageSent | MessageFailed, at: datetime) -> Occurrence:
    return Occurrence(
        party=row.party_id,
        source_record=row.source_record_id,
        what=what,
        at=at,
        channel=row.channel,
        direction=Event.Direction.OUT,
        key=f"outbox:{row.pk}:{type(what).__name__}",
    )
