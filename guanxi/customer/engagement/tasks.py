"""Tasks about customers: set for a colleague by a day, and done."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.actions.own_records import own_record
from guanxi.customer.models import Party, Task
from guanxi.customer.timeline import Occurrence, TaskDone, TaskSet, record
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError


@transaction.atomic
def set_task(*, party: Party, what: str, due_on: date, assignee: User, by: User, at: datetime) -> Task:
    """Ask a colleague, or oneself, to do something by a day. Raises UserError when nothing is said."""
    said = what.strip()
    if not said:
        raise UserError(_("Say what is to be done. Nothing was saved."))
    own = own_record(party=party, at=at)
    task = Task.objects.create(
        source_record=own, party=party, what=said[:500], assignee=assignee, due_on=due_on, set_by=by, set_at=at
    )
    what_for = TaskSet(what=task.what, due=due_on.isoformat(), assignee=assignee.name)
    record(Occurrence(party=party.pk, source_record=own.pk, what=what_for, at=at, by=by))
    return task


@transaction.atomic
def finish_task(*, task: Task, by: User, at: datetime) -> None:
    """It is done; saying so again changes nothing."""
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if locked.done_at is None:
        locked.done_at, locked.done_by = at, by
        locked.save(update_fields=["done_at", "done_by"])
        done = TaskDone(what=locked.what)
        record(Occurrence(party=locked.party_id, source_record=locked.source_record_id, what=done, at=at, by=by))
