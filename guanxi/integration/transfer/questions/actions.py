"""What people do with questions: bring a table, ask, ask otherwise, and throw the answer away."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.errors import UserError
from guanxi.foundation.push.actions import notify
from guanxi.foundation.ui import formats
from guanxi.insight.telling import FEWEST
from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.reading import guessed_reading, read
from guanxi.integration.transfer.files.rows import Table
from guanxi.integration.transfer.questions.columns import Column, columns_of
from guanxi.integration.transfer.questions.models import Question
from guanxi.integration.transfer.questions.place import clear, folder_of, table_of
from guanxi.integration.transfer.questions.work import GONE

MOST_ROWS, MOST_COLUMNS = 200_000, 100
LONG_READ = timedelta(hours=1)  # whoever still read a table then was stopped


def bring_table(*, name: str, blocks: Iterable[bytes], by: User, at: datetime) -> Question:
    """Keep the rows of a file, and say what stands in its columns.

    Raises:
        FileProblem: it is no table, or too large a one; nothing is kept.
    """
    question = Question.objects.create(file_name=Path(name).name[:255] or "file", uploaded_at=at, uploaded_by=by)
    try:
        table = _kept(question.pk, blocks)
        question.columns = [each.facts() for each in columns_of(table_of(question.pk), table.header)]
        question.rows = table.rows
        question.save()
    except BaseException:
        clear(question.pk)
        question.delete()
        raise
    record(verb="question.table_brought", by=by, at=at, subject=f"question:{question.pk}", rows=question.rows)
    return question


@transaction.atomic
def ask(
    *,
    question: Question,
    outcome: Column,
    yes: Collection[str],
    no: Collection[str],
    order: str,
    left_out: Collection[int],
    cleared: Collection[int],
    by: User,
    at: datetime,
) -> None:
    """Have it told whether the outcome is one of `yes` or of `no`; rows with other values are left out.

    order: place of the column that says when a row was known, "rows" when they stand in order, or "".

    Raises:
        UserError: too few rows of either, nothing to tell by, or the table is no longer kept.
    """
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    _require_enough(outcome, yes, no)
    _require_something_to_tell_by(question, {outcome.place, *left_out})
    question.asked = {
        "outcome": outcome.place,
        "yes": list(yes),
        "no": list(no),
        "order": order,
        "left_out": list(left_out),
        "cleared": list(cleared),
    }
    question.asked_at, question.asked_by = at, by
    question.answered_at = question.failed_at = None
    question.answer, question.failure = {}, ""
    question.save()
    record(verb="question.asked", by=by, at=at, subject=f"question:{question.pk}")
    notify(topic=f"question:{question.pk}", kind="question.asked")


@transaction.atomic
def throw_away(*, question: Question, by: User, at: datetime) -> None:
    """The answer goes, and the table with it."""
    pk = question.pk
    question.delete()
    record(verb="question.thrown_away", by=by, at=at, subject=f"question:{pk}")
    transaction.on_commit(lambda: clear(pk))


def remove_half_read(*, at: datetime) -> None:
    """Tables whose reading was cut off go: nobody can ask anything of them."""
    for question in Question.objects.filter(columns=[], uploaded_at__lt=at - LONG_READ):
        clear(question.pk)
        question.delete()


def _kept(question_id: int, blocks: Iterable[bytes]) -> Table:
    """The rows of the file; the file as it came is not kept."""
    folder_of(question_id).mkdir(parents=True)
    original = folder_of(question_id) / "original"
    with original.open("wb") as file:
        file.writelines(blocks)
    table, _how = read(original, table_of(question_id), guessed_reading(original))
    original.unlink()
    if table.rows > MOST_ROWS:
        said = _("The table has %(rows)s rows, and a question takes up to %(most)s. Bring some of them, drawn by lot.")
        raise FileProblem(said % {"rows": formats.number(table.rows), "most": formats.number(MOST_ROWS)})
    if len(table.header) > MOST_COLUMNS:
        said = _("The table has %(columns)s columns, and a question takes up to %(most)s. Leave some out.")
        raise FileProblem(said % {"columns": len(table.header), "most": MOST_COLUMNS})
    return table


def _require_something_to_tell_by(question: Question, left_out: Collection[int]) -> None:
    known = [Column.of(each) for each in question.columns]
    if not [each for each in known if each.is_known and each.place not in left_out]:
        raise UserError(_("No column is left to tell the outcome by. Leave fewer of them out."))
    if not table_of(question.pk).exists():
        raise UserError(_(GONE))


def _require_enough(outcome: Column, yes: Collection[str], no: Collection[str]) -> None:
    counts = dict(outcome.values)
    if set(yes) & set(no) or not (set(yes) | set(no)) <= counts.keys():
        raise UserError(_("Say of each value whether it means yes or no."))
    if min(sum(counts[each] for each in yes), sum(counts[each] for each in no)) < FEWEST:
        raise UserError(
            _("Nothing can be told from fewer than %(fewest)d rows that mean yes and as many that mean no.")
            % {"fewest": FEWEST}
        )
