from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Undo(models.Model):
    """An import being taken back. It works off parts, so that it can stop anywhere and go on.

    `withdrawn` counts the parts whose lines are out of the history; `after` is the last source record looked at.
    """

    of = models.OneToOneField("transfer.Import", models.CASCADE, related_name="undo")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    paused_at = models.DateTimeField(null=True)
    paused_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    failed_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True, default="")
    finished_at = models.DateTimeField(null=True)
    total = models.BigIntegerField(default=0)  # parts of lines and source records to be looked at
    withdrawn = models.PositiveIntegerField(default=0)
    after = models.BigIntegerField(default=0)
    removed = models.BigIntegerField(default=0)
    restored = models.BigIntegerField(default=0)
    kept = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)  # time spent working

    def __str__(self) -> str:
        return f"undo of {self.of_id}"

    @property
    def is_running(self) -> bool:
        return not (self.finished_at or self.failed_at or self.paused_at)


class KeptCustomer(models.Model):
    """A customer of an undone import who stays, and why (a value of `customer.takeback.Why`)."""

    undo = models.ForeignKey(Undo, models.CASCADE, related_name="kept_customers")
    external_id = models.CharField(max_length=120)
    party = models.BigIntegerField()
    why = models.CharField(max_length=12)

    def __str__(self) -> str:
        return f"{self.external_id}: {self.why}"
