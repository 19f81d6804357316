"""What people do with exports: ask for one, cancel it, say how much a role may take out."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guanxi.foundation.access.models import Role
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.errors import UserError
from guanxi.foundation.push.actions import notify
from guanxi.foundation.ui import formats
from guanxi.integration.transfer.export.asking import Pairs, customers_of
from guanxi.integration.transfer.export.limits import left_today
from guanxi.integration.transfer.export.models import Export, ExportLimit
from guanxi.integration.transfer.export.place import clear

KEPT = timedelta(days=7)


@transaction.atomic
def ask_for_customers(*, question: Pairs, form: str, by: User, at: datetime) -> Export:
    """Note which customers are wanted in which format, and count them against the colleague's day.

    question: of the list, as the parameters of its address. Requests at the same moment are counted one by one.

    Raises:
        BadCondition: the question makes no sense.
        UserError: nobody is found, or more than may be taken out today.
    """
    by = User.objects.select_for_update(of=("self",)).select_related("role").get(pk=by.pk)
    left = left_today(by, at)
    rows = customers_of(question, by, at).order_by().values("pk")[: left + 1].count()
    if not rows:
        raise UserError(
            _("There is nobody to export: no customer meets the filter, or your role takes none of them out.")
        )
    if rows > left:
        raise UserError(
            _("You may take %(left)s more customers out today, and these are more. Narrow the filter first.")
            % {"left": formats.number(left)}
        )
    export = Export.objects.create(
        scope=Export.Scope.CUSTOMERS,
        format=form,
        question=[list(pair) for pair in question],
        language=get_language() or "en",
        rows=rows,
        asked_at=at,
        asked_by=by,
        expires_at=at + KEPT,
    )
    record(
        verb="customer.exported",
        by=by,
        at=at,
        subject=f"export:{export.pk}",
        where=export.question,
        rows=rows,
        format=form,
    )
    return export


@transaction.atomic
def ask_for_company(*, by: User | None, at: datetime) -> Export:
    """Note that the whole company is wanted.

    Raises:
        UserError: another such export is being written.
    """
    waiting = Export.objects.filter(scope=Export.Scope.COMPANY, finished_at=None, cancelled_at=None, failed_at=None)
    if waiting.exists():
        raise UserError(_("The company is being exported already. Wait for that file, or cancel it."))
    export = Export.objects.create(
        scope=Export.Scope.COMPANY, format=Export.Format.PARQUET, asked_at=at, asked_by=by, expires_at=at + KEPT
    )
    record(verb="company.exported", by=by, at=at, subject=f"export:{export.pk}")
    return export


@transaction.atomic
def cancel_export(*, export: Export, by: User | None, at: datetime) -> None:
    """Stop after the part that is being written, and keep nothing of it; a finished file is removed."""
    export = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if export.state in {Export.State.WAITING, Export.State.FAILED}:
        export.cancelled_at = at
        export.save(update_fields=["cancelled_at"])
    elif export.state == Export.State.READY:
        _remove(export, at)
    else:
        return
    record(verb="transfer.export_removed", by=by, at=at, subject=f"export:{export.pk}")
    notify(topic=f"export:{export.pk}", kind="export.removed")
    transaction.on_commit(lambda: clear(export.pk))


@transaction.atomic
def retry_export(*, export: Export, by: User | None, at: datetime) -> None:
    """Let an export that a problem stopped go on where it was."""
    export = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if export.state == Export.State.FAILED:
        export.failed_at, export.failure = None, ""
        export.save(update_fields=["failed_at", "failure"])
        record(verb="transfer.export_resumed", by=by, at=at, subject=f"export:{export.pk}")


def remove_expired(*, at: datetime) -> int:
    """Remove the files whose time is over; how many."""
    over = Export.objects.filter(removed_at=None, finished_at__isnull=False, expires_at__lte=at)
    return sum(remove_file(export=export, at=at) for export in over)


def remove_file(*, export: Export, at: datetime) -> bool:
    """Remove the file, or what there is of it; one that is still being written is begun anew. Whether there was any."""
    there = clear(export.pk)
    export.parts.all().delete()
    if export.state == Export.State.READY:
        _remove(export, at)
    return there


@transaction.atomic
def set_limit(*, role: Role, rows_a_day: int, by: User, at: datetime) -> None:
    """Say how many customers a colleague of this role may take out a day."""
    ExportLimit.objects.update_or_create(role=role, defaults={"rows_a_day": rows_a_day, "set_at": at, "set_by": by})
    record(verb="transfer.export_limited", by=by, at=at, subject=f"role:{role.pk}", rows_a_day=rows_a_day)


def _remove(export: Export, at: datetime) -> None:
    export.removed_at = at
    export.save(update_fields=["removed_at"])
