"""Working an import off, part by part, so that it can stop anywhere and go on.

A part's effect, its outcomes and the note that it is finished become true in one database transaction (what goes into
the history before that is recognised when the part is done again). So an import that was killed and run again has the
result of one that ran once.
"""

import time
from collections.abc import Callable
from datetime import datetime
from math import ceil

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.foundation.audit.actions import record
from guanxi.foundation.push.actions import notify
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.forgetting import forget_the_erased
from guanxi.integration.transfer.models import Import, ImportChunk
from guanxi.integration.transfer.outcomes import Counts, added
from guanxi.integration.transfer.parties.ahead import ReadingAhead, is_worth_it
from guanxi.integration.transfer.parties.manner import manner_of
from guanxi.integration.transfer.parties.rings import seldom_sought
from guanxi.integration.transfer.parties.sorting import sorting_in
from guanxi.integration.transfer.parts import PREPARE, WORK, Part
from guanxi.integration.transfer.persevering import persevere
from guanxi.integration.transfer.place import place_of
from guanxi.integration.transfer.plan import Plan, plan_of
from guanxi.integration.transfer.points import Point, reach
from guanxi.integration.transfer.source_lock import turn

CHUNK_ROWS = {Kind.TRANSACTIONS: 100_000, Kind.CUSTOMERS: 5_000}

Clock = Callable[[], datetime]
Say = Callable[[Import], None]
Enough = Callable[[], bool]
Tell = Callable[[Import], bool]  # says how far it is, and answers whether that is enough


def carry_on(*, import_id: int, clock: Clock, say: Say = lambda import_: None, enough: Enough = lambda: False) -> bool:
    """Work until the import is finished or told to stop; False when its source is busy with another import.

    clock: tells the company's time. say: is called after each part. enough: whether to leave the rest for another time.
    """

    def tell(import_: Import) -> bool:
        say(import_)
        return enough()

    return persevere(
        lambda: _in_turn(import_id, clock, tell),
        lambda why: _note_failure(import_id, why, clock()),
        what=f"import {import_id}",
        safe=_("Finished parts are safe. Resume it to go on from there."),
        reached=lambda: Import.objects.values_list("done_rows", flat=True).get(pk=import_id),
    )


def _in_turn(import_id: int, clock: Clock, tell: Tell) -> bool:
    import_ = Import.objects.get(pk=import_id)
    with turn(import_.source_key) as mine:
        if mine:
            _work_off(import_id, clock, tell)
    return mine


def _work_off(import_id: int, clock: Clock, tell: Tell) -> None:
    import_ = Import.objects.get(pk=import_id)
    plan, place = plan_of(import_), place_of(import_id)
    manner = manner_of(plan, place.prepared, place.rows)
    has_help = is_worth_it(_rows_to_read(import_))
    try:
        with (
            seldom_sought(),
            sorting_in(is_worth_it=has_help),
            ReadingAhead(manner, is_worth_it=has_help) as reading,
        ):
            is_done = _work_off_with(plan, reading, import_id, clock, tell)
    finally:  # an import that fails may never be resumed
        forget_the_erased(Import.objects.get(pk=import_id))
    if is_done:
        reach(Point.BEFORE_FINISH)
        _finish(import_id, clock())


def _rows_to_read(import_: Import) -> int:
    """Rows of customers still to come; lines are read in SQL."""
    return import_.rows - import_.done_rows if import_.kind == Kind.CUSTOMERS else 0


def _work_off_with(plan: Plan, reading: ReadingAhead, import_id: int, clock: Clock, tell: Tell) -> bool:
    """Whether all parts are finished; False when it was told to stop."""
    is_enough = False
    while not is_enough and (import_ := _running(import_id)):
        _prepare(import_, plan)
        chunk = ImportChunk.objects.filter(of=import_, finished_at=None).select_related("of__started_by").first()
        if chunk is None:
            return True
        _finish_chunk(chunk, plan, reading, clock)
        reach(Point.AFTER_COMMIT)
        is_enough = tell(chunk.of)
    return False


def _running(import_id: int) -> Import | None:
    """The import, unless somebody has told it to stop."""
    import_ = Import.objects.get(pk=import_id)
    return import_ if import_.state == Import.State.RUNNING else None


def _prepare(import_: Import, plan: Plan) -> None:
    """Understand the whole file, and cut it into parts. Done again if it was cut short."""
    if import_.chunks.exists():
        return
    began = time.monotonic()
    PREPARE[import_.kind](place_of(import_.pk), plan)
    reach(Point.PREPARED)
    first, size = int(import_.reading["header"]) + 1, import_.chunk_rows
    with transaction.atomic():
        ImportChunk.objects.bulk_create(
            ImportChunk(
                of=import_, number=number, first=first + number * size, rows=min(size, import_.rows - number * size)
            )
            for number in range(ceil(import_.rows / size))
        )
        Import.objects.filter(pk=import_.pk).update(seconds=time.monotonic() - began)


def _finish_chunk(chunk: ImportChunk, plan: Plan, reading: ReadingAhead, clock: Clock) -> None:
    began = time.monotonic()
    reach(Point.CHUNK_BEGUN)
    part = Part(
        chunk=chunk, plan=plan, place=place_of(chunk.of_id), at=clock(), by=chunk.of.started_by, reading=reading
    )
    work = WORK[chunk.of.kind]
    before = work.before(part)
    reach(Point.LINES_APPENDED)
    with transaction.atomic():
        counts = work.within(part, before)
        reach(Point.OUTCOMES_WRITTEN)
        _note_progress(chunk, counts, clock(), time.monotonic() - began)
        reach(Point.BEFORE_COMMIT)


def _note_progress(chunk: ImportChunk, counts: Counts, at: datetime, seconds: float) -> None:
    import_ = chunk.of = Import.objects.select_for_update().get(pk=chunk.of_id)
    import_.counts = added(import_.counts, counts)
    import_.done_rows += chunk.rows
    import_.seconds += seconds
    import_.save(update_fields=["counts", "done_rows", "seconds"])
    ImportChunk.objects.filter(pk=chunk.pk).update(finished_at=at)
    notify(topic=f"import:{import_.pk}", kind="import.progress")


@transaction.atomic
def _finish(import_id: int, at: datetime) -> None:
    import_ = Import.objects.select_for_update(of=("self",)).select_related("started_by").get(pk=import_id)
    import_.finished_at = at
    import_.save(update_fields=["finished_at"])
    record(
        verb="transfer.import_finished", by=import_.started_by, at=at, subject=f"import:{import_id}", **import_.counts
    )
    notify(topic=f"import:{import_id}", kind="import.finished")


@transaction.atomic
def _note_failure(import_id: int, why: str, at: datetime) -> None:
    """What is finished stays, and the import goes on from there when somebody resumes it."""
    Import.objects.filter(pk=import_id).update(failed_at=at, failure=why)
    notify(topic=f"import:{import_id}", kind="import.failed")
