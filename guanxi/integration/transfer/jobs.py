"""Each import, undo and export is a job of its own. After a while it lets the others that wait have their turn."""

import time
from collections.abc import Callable

from guanxi.foundation.company.clock import now
from guanxi.foundation.jobs.declare import every, job
from guanxi.integration.transfer.export.actions import remove_expired
from guanxi.integration.transfer.export.work import carry_on_export, exports_waiting
from guanxi.integration.transfer.forgetting import forget_the_erased
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.queries import imports_underway
from guanxi.integration.transfer.questions.actions import remove_half_read
from guanxi.integration.transfer.questions.work import answer, questions_waiting
from guanxi.integration.transfer.undo.work import carry_on_undo, undos_underway
from guanxi.integration.transfer.work import carry_on

TURN = 60.0  # seconds


@job("transfer.carry_on", alone_for="import_id")
def carry_on_import(import_id: int) -> None:
    """Work an import off, or a turn's worth of it."""
    if import_id not in imports_underway():
        return
    is_our_turn = carry_on(import_id=import_id, clock=now, enough=_a_turn())
    if is_our_turn and import_id in imports_underway():
        carry_on_import.later(import_id=import_id)


@every("* * * * *", "transfer.carry_on_all")
def carry_on_imports() -> None:
    """Go on with imports whose process died, or which waited for another import of their source."""
    for import_id in imports_underway():
        carry_on_import.later(import_id=import_id)


@job("transfer.forget")
def forget_in_import(import_id: int) -> None:
    """Forget the erased in a cancelled import: one whose process died goes on no more, and has not forgotten them."""
    forget_the_erased(Import.objects.get(pk=import_id))


@job("transfer.carry_on_undo", alone_for="import_id")
def undo_import(import_id: int) -> None:
    """Take an import back, or a turn's worth of it."""
    if import_id not in undos_underway():
        return
    is_our_turn = carry_on_undo(import_id=import_id, clock=now, enough=_a_turn())
    if is_our_turn and import_id in undos_underway():
        undo_import.later(import_id=import_id)


@every("* * * * *", "transfer.carry_on_undos")
def undo_imports() -> None:
    """Go on with undos whose process died, or which waited for another import of their source."""
    for import_id in undos_underway():
        undo_import.later(import_id=import_id)


@job("transfer.write_export", alone_for="export_id")
def write_export(export_id: int) -> None:
    """Write the file of one export."""
    carry_on_export(export_id=export_id, clock=now)


@every("* * * * *", "transfer.write_all_exports")
def write_exports() -> None:
    """Go on with exports whose process died."""
    for export_id in exports_waiting():
        write_export.later(export_id=export_id)


@job("transfer.answer_question", alone_for="question_id")
def answer_question(question_id: int) -> None:
    """Judge whether the outcome can be told."""
    answer(question_id=question_id, clock=now)


@every("* * * * *", "transfer.answer_questions")
def answer_questions() -> None:
    """Go on with questions whose process died."""
    for question_id in questions_waiting():
        answer_question.later(question_id=question_id)


def _a_turn() -> Callable[[], bool]:
    """Tells whether the turn that begins now is over."""
    end = time.monotonic() + TURN
    return lambda: time.monotonic() >= end


@every("23 * * * *", "transfer.remove_exports")
def remove_exports() -> None:
    """Remove the files whose time is over."""
    remove_expired(at=now())


@every("43 * * * *", "transfer.remove_half_read_tables")
def remove_half_read_tables() -> None:
    """Remove the tables of questions whose reading was cut off."""
    remove_half_read(at=now())
