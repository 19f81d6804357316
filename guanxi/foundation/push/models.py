from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Notice(models.Model):
    """Something open pages want to hear of. `number` comes from the relay: ids are not in the order of commitment."""

    topic = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now())
    number = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="notice_not_relayed", condition=Q(number__isnull=True)),
            models.Index(fields=["at"], name="notice_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.kind}"
