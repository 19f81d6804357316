"""The only way to an import: who may run imports may see all of them."""

from django.shortcuts import get_object_or_404

from guanxi.integration.transfer.models import Import


def an_import(pk: int) -> Import:
    """The import of this number, for a view behind `requires("import.run")`; else 404."""
    return get_object_or_404(
        Import.objects.select_related("uploaded_by", "started_by", "paused_by", "cancelled_by"), pk=pk
    )
