"""The audit trail: who did what to what, and who read what is sensitive. Only ever appended to."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One line of the trail. `verb` is dotted and past tense (`marketing.campaign_launched`)."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True, db_index=True)  # kind:id, such as party:42
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"
