"""The only way to imports and exports: who may run imports sees all of them; exports only who may fetch the file."""

from django.shortcuts import get_object_or_404

from guanxi.foundation.accounts.models import User
from guanxi.integration.transfer.export.queries import exports_of
from guanxi.integration.transfer.models import Export, Import


def an_import(pk: int) -> Import:
    """The import of this number, for a view behind `requires("import.run")`; else 404."""
    return get_object_or_404(
        Import.objects.select_related(
            "uploaded_by", "started_by", "paused_by", "cancelled_by", "undo__asked_by", "corrects"
        ),
        pk=pk,
    )


def an_export(user: User, pk: int, scope: str) -> Export:
    """The export of this number, if the colleague may fetch its file; else 404."""
    return get_object_or_404(exports_of(user).filter(scope=scope), pk=pk)
