"""What is owed: to one customer, by one colleague, and by everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Greatest, TruncDate

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Attachment, Party, Promise, Task
from guanxi.foundation.accounts.models import User

OPEN = Q(kept_at=None, withdrawn_at=None)
MOST = 200


def open_promises(party: Party) -> Sequence[Promise]:
    """What the customer still waits for, the most pressing first."""
    return list(Promise.objects.filter(OPEN, party=party).select_related("owed_by").order_by("due_on", "id"))


def open_tasks(party: Party) -> Sequence[Task]:
    """What is still to be done about the customer, the most pressing first."""
    return list(Task.objects.filter(party=party, done_at=None).select_related("assignee").order_by("due_on", "id"))


def files_of(party: Party) -> Sequence[Attachment]:
    """The files kept with the customer, the newest first."""
    return list(Attachment.objects.filter(party=party).select_related("added_by").order_by("-added_at", "-id"))


def tasks_of(user: User) -> QuerySet[Task]:
    """What a colleague still has to do, whoever may see the customers."""
    return Task.objects.filter(assignee=user, done_at=None)


def promises_of(user: User) -> QuerySet[Promise]:
    """What a colleague still has to keep, broken or not, whoever may see the customers."""
    return Promise.objects.filter(OPEN, owed_by=user)


@dataclass(frozen=True)
class Agenda:
    """What one colleague owes until a day, the most pressing first."""

    promises: Sequence[Promise]
    tasks: Sequence[Task]


def agenda_of(user: User, until: date, most: int = 8) -> Agenda:
    """Own promises and tasks that are due until that day, overdue ones included."""
    mine = promises_of(user).filter(due_on__lte=until, party__in=visible_parties(user))
    tasks = tasks_of(user).filter(due_on__lte=until, party__in=visible_parties(user))
    return Agenda(
        list(mine.select_related("party").order_by("due_on", "id")[:most]),
        list(tasks.select_related("party").order_by("due_on", "id")[:most]),
    )


def broken_promises(user: User, today: date) -> QuerySet[Promise]:
    """Promises to visible customers whose day is over, the longest overdue first."""
    broken = Promise.objects.filter(OPEN, due_on__lt=today, party__in=visible_parties(user))
    return broken.select_related("party", "owed_by").order_by("due_on", "id")[:MOST]


def pending_promises(user: User, today: date) -> QuerySet[Promise]:
    """Promises to visible customers that can still be kept, the most pressing first."""
    pending = Promise.objects.filter(OPEN, due_on__gte=today, party__in=visible_parties(user))
    return pending.select_related("party", "owed_by").order_by("due_on", "id")[:MOST]


@dataclass(frozen=True)
class Record:
    """How a colleague stands to the promises they have to keep. `kept_share` counts promises whose day is over;
    `days_late` is the mean of kept ones, those in time being nought; both are None without any."""

    name: str
    open: int
    broken: int
    settled: int
    kept_share: float | None
    days_late: float | None


def promise_records(user: User, today: date) -> list[Record]:
    """Everybody who owes or owed visible customers a promise, those who owe most first. Two queries."""
    late = ExpressionWrapper(Greatest(TruncDate("kept_at"), F("due_on")) - F("due_on"), output_field=DurationField())
    over = Q(withdrawn_at=None, due_on__lt=today) | Q(withdrawn_at=None, kept_at__isnull=False)
    rows = (
        Promise.objects.filter(party__in=visible_parties(user), owed_by__isnull=False)
        .values("owed_by__name")
        .annotate(
            open=Count("pk", filter=OPEN),
            broken=Count("pk", filter=OPEN & Q(due_on__lt=today)),
            settled=Count("pk", filter=over),
            kept=Count("pk", filter=over & Q(kept_at__isnull=False)),
            late=Avg(late, filter=Q(kept_at__isnull=False)),
        )
        .order_by("-open", "owed_by__name")
    )
    return [
        Record(
            name=row["owed_by__name"],
            open=row["open"],
            broken=row["broken"],
            settled=row["settled"],
            kept_share=row["kept"] / row["settled"] if row["settled"] else None,
            days_late=row["late"].total_seconds() / 86400 if row["late"] is not None else None,
        )
        for row in rows
    ]
