from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.actions.own_records import own_record
from guanxi.customer.models import Event, Party
from guanxi.customer.timeline import CallLogged, Happening, MeetingHeld, NoteWritten, Occurrence, record
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError


def write_note(*, party: Party, text: str, by: User, at: datetime) -> None:
    """Put a note on the customer's timeline. Raises UserError when there is nothing in it."""
    _tell(party=party, what=NoteWritten(text=_said(text)), by=by, at=at)


def log_call(
    *, party: Party, text: str, reached: bool, minutes: int | None, incoming: bool, by: User, at: datetime
) -> None:
    """Put a call on the customer's timeline; what was said is needed only if somebody was reached. Raises UserError."""
    what = CallLogged(text=_said(text) if reached else text.strip(), reached=reached, minutes=minutes)
    direction = Event.Direction.IN if incoming else Event.Direction.OUT
    _tell(party=party, what=what, by=by, at=at, channel=Event.Channel.CALL, direction=direction)


def hold_meeting(*, party: Party, text: str, place: str, people: str, by: User, at: datetime) -> None:
    """Put a meeting on the customer's timeline. `people` took part, as it is written. Raises UserError."""
    what = MeetingHeld(text=_said(text), place=place.strip(), people=people.strip())
    _tell(party=party, what=what, by=by, at=at, channel=Event.Channel.VISIT)


def _said(text: str) -> str:
    if not text.strip():
        raise UserError(_("Nothing is written yet. Write what happened, then save."))
    return text.strip()


@transaction.atomic
def _tell(*, party: Party, what: Happening, by: User, at: datetime, channel: str = "", direction: str = "") -> None:
    own = own_record(party=party, at=at)
    happened = Occurrence(
        party=party.pk, source_record=own.pk, what=what, at=at, by=by, channel=channel, direction=direction
    )
    record(happened)
