"""Where facts come from: sources, their records kept verbatim, and the identifiers read out of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty


class Source(models.Model):
    """A system or a person that tells us about customers: the till, the web shop, our own forms (`guanxi`)."""

    OWN = "guanxi"

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField(default=50)  # survivorship: the lower rank is believed first
    withdrawn_at = models.DateTimeField(null=True)  # since then nothing it says is believed
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class SourceRecord(models.Model):
    """One customer as one source describes it. The payload is verbatim.

    `home` is the party that the record came to and never changes; `party` is derived from it: the party into which the
    home was merged, if it was. `delivery` brought it first; `telling` is the one that the current words came with,
    null for the first.
    """

    source = models.ForeignKey(
        Source, models.PROTECT, related_name="records", db_index=False
    )  # one_record_per_external_id
    external_id = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)  # as it came: {column: value}
    fields = models.JSONField(default=dict)  # golden fields read from the payload: {field: value}
    as_of = models.DateTimeField()
    received_at = models.DateTimeField()
    home = models.ForeignKey("customer.Party", models.PROTECT, related_name="+")
    party = models.ForeignKey("customer.Party", models.PROTECT, related_name="source_records")
    delivery = models.ForeignKey("customer.Delivery", models.PROTECT, null=True, related_name="records")
    telling = models.ForeignKey(
        "customer.Telling", models.SET_NULL, null=True, related_name="+", db_index=False
    )  # record_by_telling

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="one_record_per_external_id")]
        indexes = [models.Index(fields=["telling"], condition=Q(telling__isnull=False), name="record_by_telling")]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.external_id}"


class SupersededPayload(models.Model):
    """What a source record said before its source said something newer: nothing that came in is ever lost."""

    source_record = models.ForeignKey(SourceRecord, models.CASCADE, related_name="superseded")
    payload = models.JSONField()
    fields = models.JSONField()
    as_of = models.DateTimeField()
    received_at = models.DateTimeField()
    superseded_at = models.DateTimeField()
    telling = models.ForeignKey("customer.Telling", models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.source_record_id} until {self.superseded_at:%Y-%m-%d}"


class Identifier(AboutParty):
    """Something that points at a customer: an address, a number, a card. Normalised, with the source's own spelling."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        NUMBER = "number", _("Customer number")
        CARD = "card", _("Card")
        WECOM = "wecom", _("WeCom")
        USCC = "uscc", _("Unified social credit code")
        DEVICE = "device", _("Device")

    source_record = models.ForeignKey(
        SourceRecord, models.PROTECT, related_name="+", db_index=False
    )  # one_identifier_per_record
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=254)
    raw = models.CharField(max_length=254)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )  # identifier_verifier
    verified_how = models.CharField(max_length=200, blank=True, default="", db_default="")  # such as "called back"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source_record", "kind", "value"], name="one_identifier_per_record")
        ]
        indexes = [
            models.Index(fields=["kind", "value"], name="identifier_value"),
            models.Index(fields=["verified_by"], condition=Q(verified_by__isnull=False), name="identifier_verifier"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
