"""Promises to customers: made, kept, taken back, or broken. Each is told on the timeline."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guanxi.customer.actions.own_records import own_record
from guanxi.customer.models import Party, Promise
from guanxi.customer.timeline import (
    Happening,
    Occurrence,
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseWithdrawn,
    record,
    record_all,
)
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError

LOT = 500


@transaction.atomic
def make_promise(*, party: Party, what: str, due_on: date, by: User, at: datetime) -> Promise:
    """Note what was promised, and by when. Raises UserError: nothing is said, or the day is over already."""
    said = what.strip()
    if not said:
        raise UserError(_("Say what was promised. Nothing was saved."))
    if due_on < timezone.localdate(at):
        raise UserError(_("That day is over. Choose the day by which it will be done; nothing was saved."))
    own = own_record(party=party, at=at)
    promise = Promise.objects.create(
        source_record=own, party=party, what=said[:500], made_by=by, made_at=at, owed_by=by, due_on=due_on
    )
    _tell(promise, PromiseMade(what=promise.what, due=due_on.isoformat()), by, at)
    return promise


@transaction.atomic
def keep_promise(*, promise: Promise, by: User, at: datetime) -> None:
    """It was done. Doing it again changes nothing. Raises UserError: it was taken back."""
    locked = _locked(promise)
    if locked.withdrawn_at:
        raise UserError(_("This promise was taken back. Nothing was changed."))
    if locked.kept_at is None:
        locked.kept_at, locked.kept_by = at, by
        locked.save(update_fields=["kept_at", "kept_by"])
        late = max(0, (timezone.localdate(at) - locked.due_on).days)
        _tell(locked, PromiseKept(what=locked.what, days_late=late), by, at)


@transaction.atomic
def withdraw_promise(*, promise: Promise, reason: str, by: User, at: datetime) -> None:
    """Take a promise back, as the customer was told. Raises UserError: there is no reason, or it was kept."""
    locked = _locked(promise)
    if not reason.strip():
        raise UserError(_("Say what the customer was told. Nothing was changed."))
    if locked.kept_at:
        raise UserError(_("This promise was kept. Nothing was changed."))
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawn_by, locked.reason = at, by, reason.strip()[:200]
        locked.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
        _tell(locked, PromiseWithdrawn(what=locked.what, reason=locked.reason), by, at)


@transaction.atomic
def note_breaches(*, at: datetime) -> int:
    """Tell the timelines of promises whose day is over, each once; how many. A lot at a time, so call until it is 0."""
    broken = list(
        Promise.objects.select_for_update(skip_locked=True)
        .filter(kept_at=None, withdrawn_at=None, breach_noted_at=None, due_on__lt=timezone.localdate(at))
        .order_by("due_on", "id")[:LOT]
    )
    record_all([_told(each, PromiseBroken(what=each.what, due=each.due_on.isoformat()), None, at) for each in broken])
    Promise.objects.filter(pk__in=_keys(broken)).update(breach_noted_at=at)
    return len(broken)


def _keys(promises: Collection[Promise]) -> list[int]:
    return [each.pk for each in promises]


def _locked(promise: Promise) -> Promise:
    return Promise.objects.select_for_update().get(pk=promise.pk)


def _tell(promise: Promise, what: Happening, by: User, at: datetime) -> None:
    record(_told(promise, what, by, at))


def _told(promise: Promise, what: Happening, by: User | None, at: datetime) -> Occurrence:
    return Occurrence(party=promise.party_id, source_record=promise.source_record_id, what=what, at=at, by=by)
