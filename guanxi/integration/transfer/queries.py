from collections.abc import Collection
from pathlib import Path

from django.db.models import QuerySet

from guanxi.customer.models import Source
from guanxi.integration.transfer.fields import Field, field
from guanxi.integration.transfer.files.vcard.columns import VERBATIM
from guanxi.integration.transfer.models import Import

REJECTS = "-rejects"


def imports(*, before: int | None = None) -> QuerySet[Import]:
    """All imports, the latest first; those `before` a number to continue a list."""
    found = Import.objects.select_related("uploaded_by", "undo").order_by("-id")
    return found if before is None else found.filter(pk__lt=before)


def imports_underway() -> list[int]:
    """Imports that are started and neither paused nor stopped nor done, the oldest first."""
    underway = Import.objects.filter(started_at__isnull=False, finished_at=None, cancelled_at=None)
    return list(underway.filter(paused_at=None, failed_at=None).order_by("id").values_list("pk", flat=True))


def corrected_by(import_: Import) -> Import | None:
    """The import whose rejected rows this file brings again, told by the name and columns under which they went out.

    The reason behind the columns may have been taken away.
    """
    stem = Path(import_.file_name).stem
    if not stem.endswith(REJECTS):
        return None
    rejecting = Import.objects.filter(counts__rejected__gt=0).exclude(pk=import_.pk).order_by("-id")
    named = (each for each in rejecting if Path(each.file_name).stem == stem.removesuffix(REJECTS))
    return next((each for each in named if import_.header[: len(each.header)] == each.header), None)


def mapped_columns(import_: Import) -> list[tuple[str, Field | None]]:
    """The name of each column and the field it holds, if any."""
    keys = import_.mapping
    return [
        (name, field(import_.kind, keys[str(place)]) if str(place) in keys else None)
        for place, name in enumerate(import_.header)
    ]


def columns_telling(source: str, fields: Collection[str]) -> set[str]:
    """The columns that files of the source were read as any of these fields from; a card's text holds them all."""
    started = Import.objects.filter(source_key=source, started_at__isnull=False).order_by()
    names: set[str] = set()
    for header, mapping in started.values_list("header", "mapping").distinct():
        told = {header[int(place)] for place, key in mapping.items() if key in fields}
        names |= told | ({VERBATIM} & set(header) if told else set())
    return names


def source_keys() -> list[str]:
    """The sources that files may come from."""
    return list(Source.objects.exclude(key=Source.OWN).order_by("key").values_list("key", flat=True))
