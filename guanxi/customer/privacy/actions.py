"""What happens to a request: it is opened, the person's identity is checked, and it is answered or refused."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.models import ErasedKey, Party, PrivacyRequest, Readmission
from guanxi.customer.privacy.subject import subject_of
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.company.queries import current
from guanxi.foundation.errors import UserError

State = PrivacyRequest.State
WORKING_DAYS = {"CN": 15}  # by the company's country; elsewhere a month (GDPR art. 12)
MONTH = timedelta(days=30)


def due_on(received: date) -> date:
    """The day by which a request received on this day has to be answered."""
    company = current()
    left = WORKING_DAYS.get(company.country if company else "", 0)
    if not left:
        return received + MONTH
    day = received
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


@transaction.atomic
def open_request(*, party: Party, kind: str, how: str, received_at: datetime, by: User, at: datetime) -> PrivacyRequest:
    """Note what a customer asks. A request of the same kind that is still open is answered instead of a second one."""
    waiting = PrivacyRequest.objects.filter(party=party, kind=kind, finished_at=None, refused_at=None).first()
    if waiting is not None:
        return waiting
    request = PrivacyRequest.objects.create(
        kind=kind,
        party=party,
        name=party.name,
        received_at=received_at,
        received_by=by,
        how=how,
        due_on=due_on(received_at.date()),
    )
    note(verb="privacy.requested", by=by, at=at, subject=f"privacy:{request.pk}", kind=kind)
    return request


@transaction.atomic
def check_identity(*, request: PrivacyRequest, how: str, by: User, at: datetime) -> None:
    """Note that the person is who they say. Until then nothing is told and nothing erased. Raises UserError."""
    locked = _in(request, State.OPEN)
    locked.checked_at, locked.checked_by, locked.checked_how = at, by, how
    locked.save(update_fields=["checked_at", "checked_by", "checked_how"])
    note(verb="privacy.identity_checked", by=by, at=at, subject=f"privacy:{request.pk}")


@transaction.atomic
def refuse_request(*, request: PrivacyRequest, ground: str, by: User, at: datetime) -> None:
    """Answer that it cannot be done, and on which ground. Raises UserError."""
    if not ground.strip():
        raise UserError(_("Say on which ground the request is refused: the customer has a right to know."))
    locked = _in(request, State.OPEN, State.CHECKED)
    locked.refused_at, locked.refused_by, locked.ground = at, by, ground
    locked.save(update_fields=["refused_at", "refused_by", "ground"])
    note(verb="privacy.refused", by=by, at=at, subject=f"privacy:{request.pk}")


@transaction.atomic
def note_answered(*, request: PrivacyRequest, by: User, at: datetime) -> None:
    """The copy of the data was handed out; handing it out again changes nothing. Raises UserError."""
    locked = _in(request, State.CHECKED, State.DONE)
    note(verb="privacy.data_handed_out", by=by, at=at, subject=f"privacy:{request.pk}")
    if locked.finished_at is None:
        locked.finished_at = at
        locked.save(update_fields=["finished_at"])


@transaction.atomic
def start_erasure(*, request: PrivacyRequest, facts: str, backup_days: int, by: User | None, at: datetime) -> None:
    """Make the erasure binding: from here on it runs to its end. `facts` is one of PrivacyRequest.Facts.

    Raises:
        UserError: the identity is not checked, or the customer was merged into another one.
    """
    locked = _in(request, State.CHECKED)
    party = Party.objects.filter(pk=locked.party_id).first() if locked.party_id else None
    if party is None or locked.kind != PrivacyRequest.Kind.ERASURE:
        raise UserError(_("This customer is part of another one by now. Open the request from that customer's page."))
    locked.started_at, locked.started_by = at, by
    locked.facts, locked.backup_days = facts, backup_days
    locked.scope = subject_of(party.pk).kept()
    locked.save(update_fields=["started_at", "started_by", "facts", "backup_days", "scope"])
    note(verb="privacy.erasure_started", by=by, at=at, subject=f"privacy:{request.pk}", facts=facts)


@transaction.atomic
def readmit(*, request: PrivacyRequest, ground: str, by: User, at: datetime) -> None:
    """Let a customer who was erased come in again, because they want to. Raises UserError."""
    if not ground.strip():
        raise UserError(_("Say why the customer may come in again, such as their new consent and its day."))
    Readmission.objects.get_or_create(request=request, defaults={"ground": ground, "by": by, "at": at})
    ErasedKey.objects.filter(request=request).delete()
    note(verb="privacy.readmitted", by=by, at=at, subject=f"privacy:{request.pk}")


def _in(request: PrivacyRequest, *states: PrivacyRequest.State) -> PrivacyRequest:
    locked = PrivacyRequest.objects.select_for_update().get(pk=request.pk)
    if locked.state not in states:
        raise UserError(_("The request has moved on meanwhile: %(state)s.") % {"state": locked.state.label})
    return locked
