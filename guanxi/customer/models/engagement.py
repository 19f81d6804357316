"""What colleagues owe customers and each other: promises and tasks; and what they keep with them: files and pins."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guanxi.customer.models.about import AboutParty

PERSON = settings.AUTH_USER_MODEL


class Promise(AboutParty):
    """Something a colleague promised a customer. Broken when the day is over and it was neither kept nor taken back.

    `owed_by` has to keep it: whoever gave it, or whoever received the customer since. `breach_noted_at` is when the
    timeline was told of the breach.
    """

    what = models.CharField(max_length=500)
    made_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    owed_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField()
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, default="")  # why it was taken back
    breach_noted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="promise_open",
                condition=Q(kept_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.Index(fields=["owed_by", "due_on"], name="promise_by_debtor"),
        ]

    def __str__(self) -> str:
        return self.what


class Task(AboutParty):
    """Something a colleague has to do about a customer by a day."""

    what = models.CharField(max_length=500)
    assignee = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField()
    set_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["assignee", "due_on", "id"], name="task_open", condition=Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.what


class Attachment(AboutParty):
    """A file kept with a customer. Its bytes lie in `GUANXI_HOME/files` under their SHA-256, once for all of them."""

    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)  # told by the content, never by the name
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class Pin(AboutParty):
    """An entry of the timeline that stays on top until it is taken off."""

    event = models.OneToOneField("customer.Event", models.CASCADE, related_name="pin")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index("party", F("at").desc(), name="pin_of_party")]

    def __str__(self) -> str:
        return f"pin of {self.event_id}"


class Striking(AboutParty):
    """A note that its writer took back: it stays in the timeline, struck through, with who and why."""

    event = models.OneToOneField("customer.Event", models.CASCADE, related_name="striking")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.event_id} struck"
