"""Taking an import back, part by part.

First its lines leave the history, a part at a time: withdrawing what is out already changes nothing, so that a part
that was cut short is done again. Then its customers and updates leave the record; each part becomes true together with
the note of how far the undo has come. An undo that was killed and carried on ends like one that ran at once.
"""

import time
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.models import Delivery
from guanxi.customer.takeback import Facts, Returned, forget, take_back
from guanxi.foundation import history
from guanxi.foundation.audit.actions import record
from guanxi.foundation.push.actions import notify
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.lines.intake import DATASET
from guanxi.integration.transfer.models import Import, ImportChunk
from guanxi.integration.transfer.persevering import persevere
from guanxi.integration.transfer.place import place_of
from guanxi.integration.transfer.points import reach
from guanxi.integration.transfer.source_lock import turn
from guanxi.integration.transfer.undo.asking import delivery_of
from guanxi.integration.transfer.undo.facts import facts_about, remove_unused_products
from guanxi.integration.transfer.undo.models import KeptCustomer, Undo
from guanxi.integration.transfer.undo.points import UndoPoint
from guanxi.integration.transfer.work import Clock, Enough

AT_ONCE = 2_000


def carry_on_undo(*, import_id: int, clock: Clock, at_once: int = AT_ONCE, enough: Enough = lambda: False) -> bool:
    """Work until the import is undone or the undo told to stop; False when its source is busy.

    clock: tells the company's time. at_once: source records of one part. enough: asked after each part, whether to
    leave the rest for another time.
    """
    return persevere(
        lambda: _in_turn(import_id, clock, at_once, enough),
        lambda why: _note_failure(import_id, why, clock()),
        what=f"undo of import {import_id}",
        safe=_("What is undone stays so. Resume it to go on from there."),
        reached=lambda: Undo.objects.values_list("withdrawn", "after").filter(of_id=import_id).first(),
    )


def _in_turn(import_id: int, clock: Clock, at_once: int, enough: Enough) -> bool:
    import_ = Import.objects.get(pk=import_id)
    with turn(import_.source_key) as mine:
        if mine:
            reach(UndoPoint.BEGUN)
            if _withdraw_lines(import_, enough) and _take_back(import_, at_once, enough):
                reach(UndoPoint.BEFORE_FINISH)
                _finish(import_, clock())
    return mine


def undos_underway() -> list[int]:
    """Imports that are being undone and neither paused nor stopped, the oldest first."""
    underway = Undo.objects.filter(finished_at=None, paused_at=None, failed_at=None)
    return list(underway.order_by("id").values_list("of_id", flat=True))


def _running(import_: Import) -> Undo | None:
    return next((each for each in Undo.objects.filter(of=import_) if each.is_running), None)


def _withdraw_lines(import_: Import, enough: Enough) -> bool:
    """Whether all lines are out; False when it was told to stop."""
    if import_.kind != Kind.TRANSACTIONS:
        return _running(import_) is not None
    chunks = list(ImportChunk.objects.filter(of=import_).order_by("number"))
    while undo := _running(import_):
        if undo.withdrawn == len(chunks):
            return True
        began = time.monotonic()
        history.store().withdraw(DATASET, chunks[undo.withdrawn].batch)
        reach(UndoPoint.LINES_WITHDRAWN)
        undo.withdrawn += 1
        undo.seconds += time.monotonic() - began
        undo.save(update_fields=["withdrawn", "seconds"])
        notify(topic=f"import:{import_.pk}", kind="import.undo_progress")
        if enough():
            break
    return False


def _take_back(import_: Import, at_once: int, enough: Enough) -> bool:
    """Whether the record is without it; False when it was told to stop."""
    delivery = delivery_of(import_)
    if delivery is None:
        return _running(import_) is not None
    with facts_about(import_.source_key, place_of(import_.pk).folder) as facts:
        while undo := _running(import_):
            if not _take_part_back(undo, delivery, at_once, facts):
                return True
            if enough():
                break
    return False


def _take_part_back(undo: Undo, delivery: Delivery, at_once: int, facts: Facts) -> bool:
    """Whether there was another part."""
    began = time.monotonic()
    reach(UndoPoint.PART_BEGUN)
    with transaction.atomic():
        part = take_back(delivery=delivery, after=undo.after, limit=at_once, facts=facts)
        reach(UndoPoint.PART_TAKEN_BACK)
        if part.last is None:
            return False
        _note_part(undo, part, time.monotonic() - began)
        reach(UndoPoint.BEFORE_COMMIT)
    reach(UndoPoint.AFTER_COMMIT)
    return True


def _note_part(undo: Undo, part: Returned, seconds: float) -> None:
    undo.after = part.last or undo.after
    undo.removed += part.removed
    undo.restored += part.restored
    undo.kept += len(part.kept)
    undo.seconds += seconds
    undo.save(update_fields=["after", "removed", "restored", "kept", "seconds"])
    KeptCustomer.objects.bulk_create(
        KeptCustomer(undo=undo, external_id=each.external_id, party=each.party, why=each.why) for each in part.kept
    )
    notify(topic=f"import:{undo.of_id}", kind="import.undo_progress")


@transaction.atomic
def _finish(import_: Import, at: datetime) -> None:
    undo = Undo.objects.select_for_update(of=("self",)).select_related("asked_by").get(of=import_)
    remove_unused_products(import_)
    if delivery := delivery_of(import_):
        forget(delivery=delivery)
    undo.finished_at = at
    undo.save(update_fields=["finished_at"])
    told = {"removed": undo.removed, "restored": undo.restored, "kept": undo.kept}
    record(verb="transfer.import_undone", by=undo.asked_by, at=at, subject=f"import:{import_.pk}", **told)
    notify(topic=f"import:{import_.pk}", kind="import.undone")


@transaction.atomic
def _note_failure(import_id: int, why: str, at: datetime) -> None:
    Undo.objects.filter(of_id=import_id).update(failed_at=at, failure=why)
    notify(topic=f"import:{import_id}", kind="import.undo_failed")
