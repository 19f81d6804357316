"""Working an export off, so that it can be killed anywhere and goes on.

Files appear whole or not at all. A company's tables are parts that stay when they are written; a file of customers is
begun again, as it takes seconds.
"""

import shutil
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.foundation.audit.actions import record
from guanxi.foundation.locks import Lock, tried
from guanxi.foundation.push.actions import notify
from guanxi.integration.transfer.export.company import write_company
from guanxi.integration.transfer.export.customers import write_customers
from guanxi.integration.transfer.export.models import Export
from guanxi.integration.transfer.export.place import clear, file_of, folder_of, sha256_of, whole
from guanxi.integration.transfer.persevering import persevere

Clock = Callable[[], datetime]


class Stopped(Exception):
    """Somebody has cancelled the export meanwhile."""


def exports_waiting() -> list[int]:
    """Exports that are neither finished nor stopped, the oldest first."""
    waiting = Export.objects.filter(finished_at=None, cancelled_at=None, failed_at=None)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def carry_on_export(*, export_id: int, clock: Clock) -> None:
    """Write the export's file, or what is missing of it; nothing when somebody else is at it or it is done."""
    persevere(
        lambda: _alone(export_id, clock),
        lambda why: _note_failure(export_id, why, clock()),
        what=f"export {export_id}",
        safe=_("Nothing was given out. Ask for it again."),
    )


def _alone(export_id: int, clock: Clock) -> bool:
    with tried(Lock.EXPORT, export_id) as is_ours:
        if is_ours:
            export = Export.objects.select_related("asked_by__role").get(pk=export_id)
            if export.state == Export.State.WAITING:
                _write(export, clock)
    return is_ours


def _write(export: Export, clock: Clock) -> None:
    def tell(rows: int) -> None:
        _note_progress(export.pk, rows)

    folder = folder_of(export.pk)
    try:
        with whole(file_of(export.pk)) as draft:
            if export.scope == Export.Scope.COMPANY:
                rows = write_company(export, folder, draft, clock, tell)
            elif export.asked_by:
                rows = write_customers(export, export.asked_by, draft, tell)
            else:
                raise Stopped
    except Stopped:
        clear(export.pk)
    else:
        _finish(export, rows, clock())


def _note_progress(export_id: int, rows: int) -> None:
    if not Export.objects.filter(pk=export_id, cancelled_at=None).update(done_rows=rows):
        raise Stopped
    notify(topic=f"export:{export_id}", kind="export.progress")


def _finish(export: Export, rows: int, at: datetime) -> None:
    """The file is there: say so, unless it was cancelled on the way. The parts of a company are in the archive now."""
    file = file_of(export.pk)
    with transaction.atomic():
        facts = {"rows": rows, "done_rows": rows, "size": file.stat().st_size, "sha256": sha256_of(file)}
        if not Export.objects.filter(pk=export.pk, cancelled_at=None).update(finished_at=at, **facts):
            transaction.on_commit(lambda: clear(export.pk))
            return
        record(verb="transfer.export_finished", by=export.asked_by, at=at, subject=f"export:{export.pk}", **facts)
        notify(topic=f"export:{export.pk}", kind="export.finished")
    for part in ("tables", "history"):
        shutil.rmtree(file.parent / part, ignore_errors=True)


def _note_failure(export_id: int, why: str, at: datetime) -> None:
    Export.objects.filter(pk=export_id).update(failed_at=at, failure=why)
    notify(topic=f"export:{export_id}", kind="export.failed")
