"""Answering a question: the table is read as it was asked, and insight judges it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from numpy.typing import NDArray

from guanxi.foundation.push.actions import notify
from guanxi.insight.telling import told
from guanxi.integration.transfer.duck import workbench
from guanxi.integration.transfer.persevering import persevere
from guanxi.integration.transfer.questions.columns import Column, Kind, as_value, lay_out
from guanxi.integration.transfer.questions.models import Question
from guanxi.integration.transfer.questions.place import table_of

Clock = Callable[[], datetime]
Floats = NDArray[np.float64]
BY_ROWS = "rows"
GONE = gettext_noop("The table is no longer kept. Bring it again.")


def waiting() -> QuerySet[Question]:
    """Questions that were asked and are neither answered nor stopped."""
    return Question.objects.filter(asked_at__isnull=False, answered_at=None, failed_at=None)


def questions_waiting() -> list[int]:
    """Their numbers, the oldest first."""
    return list(waiting().order_by("asked_at", "pk").values_list("pk", flat=True))


def answer(*, question_id: int, clock: Clock) -> None:
    """Answer a question; nothing when it is answered, or thrown away."""
    persevere(
        lambda: _answer(question_id, clock),
        lambda why: _note(question_id, None, failed_at=clock(), failure=why),
        what=f"question {question_id}",
        safe=_("The table is kept. Ask again."),
    )


def _answer(question_id: int, clock: Clock) -> bool:
    question = Question.objects.filter(pk=question_id).first()
    if question is None or question.state != Question.State.WAITING:
        return True
    try:
        facts = {"answer": _told(question), "answered_at": clock()}
    except Exception:
        if table_of(question_id).exists():
            raise
        facts = {"failure": _(GONE), "failed_at": clock()}
    _note(question_id, question.asked_at, **facts)
    return True


@transaction.atomic
def _note(question_id: int, asked_at: datetime | None, **facts: Any) -> None:
    """Unless it was asked otherwise meanwhile, or ended by an erasure: the answer may name who was erased."""
    found = waiting().filter(pk=question_id)
    (found.filter(asked_at=asked_at) if asked_at else found).update(**facts)
    notify(topic=f"question:{question_id}", kind="question.answered")


def _told(question: Question) -> dict[str, Any]:
    columns = {each["place"]: Column.of(each) for each in question.columns}
    asked = question.asked
    used = [
        each
        for each in columns.values()
        if each.is_known and each.place != asked["outcome"] and each.place not in asked["left_out"]
    ]
    cleared = [columns[place].name for place in asked["cleared"]]
    table, happened, order = _read(question, columns, used)
    return told(table, happened, order=order, cleared=cleared)


def _read(question: Question, columns: dict[int, Column], used: list[Column]) -> tuple[pa.Table, Floats, Floats | None]:
    """The columns to tell by, the outcome, and the order; rows of no outcome, or of no known time, are left out."""
    asked, outcome = question.asked, as_value(f"c{question.asked['outcome']}")
    when = _when(asked["order"], columns)
    shown = ", ".join(f"{_value(each)} AS c{each.place}" for each in used)
    path = table_of(question.pk)
    with workbench(path.parent) as duck:
        lay_out(duck, path, len(question.columns))
        rows = duck.execute(
            f"SELECT CAST({outcome} IN (SELECT unnest($yes)) AS DOUBLE) AS happened, {when or 0.0} AS known_at, {shown}"
            f" FROM cells WHERE {outcome} IN (SELECT unnest($all)) AND known_at IS NOT NULL ORDER BY row",
            {"yes": asked["yes"], "all": [*asked["yes"], *asked["no"]]},
        ).to_arrow_table()
    names = [each.name for each in used]
    table = rows.select([f"c{each.place}" for each in used]).rename_columns(names)
    return table, rows["happened"].to_numpy(), rows["known_at"].to_numpy() if when else None


def _value(column: Column) -> str:
    return column.as_number if column.kind is Kind.NUMBER else column.as_word


def _when(order: str, columns: dict[int, Column]) -> str:
    """A number that rises with time; empty when nothing says it."""
    if not order:
        return ""
    if order == BY_ROWS:
        return "CAST(row AS DOUBLE)"
    column = columns[int(order)]
    return f"epoch({column.as_moment})" if column.kind is Kind.DATE else _value(column)
