"""The timeline: everything that happened with a customer. Append-only; bulk facts stand in the history instead."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty


class Event(AboutParty):
    """One thing that happened. `kind` (`customer.note_written`) and `version` name the declared shape of `facts`."""

    class Channel(models.TextChoices):
        NONE = "", _("No channel")
        CALL = "call", _("Call")
        MAIL = "mail", _("Mail")
        CHAT = "chat", _("Chat")
        SMS = "sms", _("SMS")
        VISIT = "visit", _("Visit")
        POST = "post", _("Post")
        WEB = "web", _("Web")

    class Direction(models.TextChoices):
        NONE = "", _("Neither")
        IN = "in", _("From the customer")
        OUT = "out", _("To the customer")

    party = models.ForeignKey("customer.Party", models.PROTECT, related_name="events", db_index=False)  # event_timeline
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )  # event_by
    channel = models.CharField(max_length=8, choices=Channel, blank=True, default="")
    direction = models.CharField(max_length=3, choices=Direction, blank=True, default="")
    facts = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True)  # noqa: DJ001 (absent keys must not collide)

    class Meta:
        # What comes in by the million has neither key nor author, and takes no place in their indexes.
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(key__isnull=False), name="one_event_per_key")
        ]
        indexes = [
            models.Index("party", F("at").desc(), F("id").desc(), name="event_timeline"),
            models.Index(fields=["kind", "at"], name="event_kind"),
            models.Index(fields=["by"], condition=Q(by__isnull=False), name="event_by"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"
