from django.db.models import QuerySet

from guanxi.integration.transfer.models import Import


def imports() -> QuerySet[Import]:
    """All imports, the latest first."""
    return Import.objects.select_related("uploaded_by").order_by("-id")


def imports_underway() -> list[int]:
    """Imports that are started and neither paused nor stopped nor done, the oldest first."""
    underway = Import.objects.filter(started_at__isnull=False, finished_at=None, cancelled_at=None)
    return list(underway.filter(paused_at=None, failed_at=None).order_by("id").values_list("pk", flat=True))
