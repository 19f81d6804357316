"""An import: one file on its way into the company, and the parts in which its rows are worked off."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanxi.integration.transfer.export.models import Export, ExportLimit, ExportPart
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.questions.models import Question
from guanxi.integration.transfer.undo.models import KeptCustomer, Undo

__all__ = [
    "Export",
    "ExportLimit",
    "ExportPart",
    "Import",
    "ImportChunk",
    "KeptCustomer",
    "Question",
    "RememberedMapping",
    "Undo",
]

PERSON = settings.AUTH_USER_MODEL


class Import(models.Model):
    """One file. The file, its rows and the outcome of each row lie in `GUANXI_HOME/imports/<id>/`, not in the database.

    `reading` says how the file was read, `mapping` which column (by its place) holds which field, `choices` what a
    person or a guess decided about its values. Once started, all of them stand.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", _("Being prepared")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        FAILED = "failed", _("Stopped by a problem")
        CANCELLED = "cancelled", _("Cancelled")
        FINISHED = "finished", _("Finished")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    kind = models.CharField(max_length=12, choices=Kind, blank=True, default="")
    source_key = models.SlugField(max_length=60, blank=True, default="")
    file_name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    reading = models.JSONField(default=dict)
    header = models.JSONField(default=list)
    rows = models.BigIntegerField(default=0)
    mapping = models.JSONField(default=dict)  # {place as text: field key}
    choices = models.JSONField(default=dict)
    chunk_rows = models.PositiveIntegerField(default=0)  # rows of one part; set when started
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    paused_at = models.DateTimeField(null=True)
    paused_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    failed_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True, default="")
    finished_at = models.DateTimeField(null=True)
    done_rows = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)  # time spent working
    counts = models.JSONField(default=dict)  # {outcome or "note:…" or "reason:…": rows}
    corrects = models.ForeignKey(  # the import whose rejected rows this file brings again, put right
        "self", models.SET_NULL, null=True, related_name="corrections"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="import_underway",
                condition=Q(started_at__isnull=False, finished_at__isnull=True, cancelled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def delivery_label(self) -> str:
        """Under which the record knows what this import brought."""
        return f"import-{self.pk}"

    @property
    def state(self) -> "Import.State":
        """Where the import stands, from the moments that were noted."""
        undo: Undo | None = getattr(self, "undo", None)
        if undo:
            return self.State.UNDONE if undo.finished_at else self.State.UNDOING
        marks = (
            (self.finished_at, self.State.FINISHED),
            (self.cancelled_at, self.State.CANCELLED),
            (self.failed_at, self.State.FAILED),
            (self.paused_at, self.State.PAUSED),
            (self.started_at, self.State.RUNNING),
        )
        return next((state for moment, state in marks if moment), self.State.PREPARING)


class ImportChunk(models.Model):
    """A part of the rows, from number `first` on. It is finished in one transaction with its effect."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    first = models.BigIntegerField()
    rows = models.PositiveIntegerField()
    finished_at = models.DateTimeField(null=True)
    products = models.JSONField(default=list)  # [[number, name], …] that it put into the catalogue

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="one_chunk_per_number")]

    def __str__(self) -> str:
        return f"{self.of_id}/{self.number}"

    @property
    def batch(self) -> str:
        """The name under which the history knows the lines of this part."""
        return f"import-{self.of_id}-{self.number}"


class RememberedMapping(models.Model):
    """How files with these column names, from this source, were mapped last."""

    source_key = models.SlugField(max_length=60)
    signature = models.CharField(max_length=64)  # of the column names
    kind = models.CharField(max_length=12, choices=Kind)
    mapping = models.JSONField()
    choices = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source_key", "signature"], name="one_mapping_per_header")]

    def __str__(self) -> str:
        return f"{self.source_key}: {self.kind}"
