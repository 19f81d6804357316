"""A file on its way out: who asked for it, what it holds, how far it is, until when it is kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Export(models.Model):
    """One file in `GUANXI_HOME/exports/<id>/`. What it is asked for is a row; the file is worked off by a job."""

    class Scope(models.TextChoices):
        CUSTOMERS = "customers", _("Customers")
        COMPANY = "company", _("The whole company")

    class Format(models.TextChoices):
        CSV = "csv", _("CSV, for spreadsheets")
        WORKBOOK = "xlsx", _("Excel (.xlsx)")
        VCARD_3 = "vcard3", _("vCard 3.0, for address books")
        VCARD_4 = "vcard4", _("vCard 4.0")
        JSON_LINES = "jsonl", _("JSON lines, for programs")
        PARQUET = "parquet", _("Parquet in a zip archive")

    class State(models.TextChoices):
        WAITING = "waiting", _("Being written")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Stopped by a problem")
        CANCELLED = "cancelled", _("Cancelled")
        GONE = "gone", _("No longer kept")

    scope = models.CharField(max_length=10, choices=Scope)
    format = models.CharField(max_length=8, choices=Format)
    question = models.JSONField(default=list)  # the list's question as the parameters of its address: [[name, text], …]
    language = models.CharField(max_length=10, default="en")  # of the column names
    rows = models.BigIntegerField(default=0)  # customers, or rows of all tables
    done_rows = models.BigIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True, default="")
    cancelled_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_by", "asked_at"], name="export_by_colleague")]

    def __str__(self) -> str:
        return f"{self.scope} {self.pk}"

    @property
    def state(self) -> "Export.State":
        """Where the export stands, from the moments that were noted."""
        marks = (
            (self.removed_at, self.State.GONE),
            (self.cancelled_at, self.State.CANCELLED),
            (self.failed_at, self.State.FAILED),
            (self.finished_at, self.State.READY),
        )
        return next((state for moment, state in marks if moment), self.State.WAITING)

    @property
    def file_name(self) -> str:
        """The name under which the file is given out."""
        ending = {"vcard3": "vcf", "vcard4": "vcf", "parquet": "zip"}.get(self.format, self.format)
        return f"{self.scope}-{self.asked_at:%Y-%m-%d}-{self.pk}.{ending}"


class ExportPart(models.Model):
    """A table of the company that has been written; an export that was killed goes on behind its last part."""

    of = models.ForeignKey(Export, models.CASCADE, related_name="parts")
    name = models.CharField(max_length=120)
    rows = models.BigIntegerField()
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["of", "name"], name="one_part_per_table")]

    def __str__(self) -> str:
        return self.name


class ExportLimit(models.Model):
    """How many customers a colleague of this role may take out a day. Without a row the usual limit holds."""

    USUAL = 50_000

    role = models.OneToOneField("access.Role", models.CASCADE, related_name="+")
    rows_a_day = models.PositiveIntegerField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.role}: {self.rows_a_day}"
