"""The timeline: everything that happened with a customer. Append-only; bulk facts stand in the history instead."""

from django.conf import settings
from django.db import models
from django.db.models import F
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

    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel, blank=True, default="")
    direction = models.CharField(max_length=3, choices=Direction, blank=True, default="")
    facts = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 (absent keys must not collide)

    class Meta:
        indexes = [
            models.Index("party", F("at").desc(), F("id").desc(), name="event_timeline"),
            models.Index(fields=["kind", "at"], name="event_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"
