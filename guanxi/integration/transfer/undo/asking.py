"""What people do about undoing an import: ask for it, pause it, let it go on."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.models import Delivery
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.errors import UserError
from guanxi.foundation.push.actions import notify
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.models import Import, ImportChunk
from guanxi.integration.transfer.undo.models import Undo


@transaction.atomic
def ask_for_undo(*, import_: Import, by: User | None, at: datetime) -> Undo:
    """Let an import be taken back in the background; it can be imported again afterwards.

    Raises:
        UserError: it still runs, or is being undone already.
    """
    import_ = Import.objects.select_for_update().get(pk=import_.pk)
    if import_.state not in (Import.State.FINISHED, Import.State.CANCELLED):
        raise UserError(
            _("Only a finished or cancelled import can be undone. Cancel the rest of it first. Nothing was changed.")
        )
    undo = Undo.objects.create(of=import_, asked_at=at, asked_by=by, total=_total(import_))
    _note(import_, "undo_asked", by=by, at=at, file=import_.file_name)
    return undo


@transaction.atomic
def pause_undo(*, undo: Undo, by: User | None, at: datetime) -> None:
    """Stop after the part that is being worked on."""
    undo = Undo.objects.select_for_update().select_related("of").get(pk=undo.pk)
    if undo.is_running:
        undo.paused_at, undo.paused_by = at, by
        undo.save(update_fields=["paused_at", "paused_by"])
        _note(undo.of, "undo_paused", by=by, at=at)


@transaction.atomic
def resume_undo(*, undo: Undo, by: User | None, at: datetime) -> None:
    """Let a paused undo, or one that a problem stopped, go on where it was."""
    undo = Undo.objects.select_for_update().select_related("of").get(pk=undo.pk)
    if not undo.finished_at and not undo.is_running:
        undo.paused_at = undo.paused_by = undo.failed_at = None
        undo.failure = ""
        undo.save(update_fields=["paused_at", "paused_by", "failed_at", "failure"])
        _note(undo.of, "undo_resumed", by=by, at=at)


def delivery_of(import_: Import) -> Delivery | None:
    """What the import brought into the record; None when it brought nothing."""
    return Delivery.objects.select_related("source").filter(label=import_.delivery_label).first()


def _total(import_: Import) -> int:
    parts = ImportChunk.objects.filter(of=import_).count() if import_.kind == Kind.TRANSACTIONS else 0
    delivery = delivery_of(import_)
    return parts + (delivery.records.count() + delivery.tellings.count() if delivery else 0)


def _note(import_: Import, verb: str, *, by: User | None, at: datetime, **facts: Any) -> None:
    record(verb=f"transfer.import_{verb}", by=by, at=at, subject=f"import:{import_.pk}", **facts)
    notify(topic=f"import:{import_.pk}", kind=f"import.{verb}")
