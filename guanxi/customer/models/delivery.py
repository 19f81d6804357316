"""What came in together, so that it can be taken back together: deliveries, and what each told of customers known."""

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Delivery(models.Model):
    """One lot of customers from one source, such as an import; `label` names it for whoever brought it.

    `made` lists what it had to make besides customers: {"source": true, "tags": [name, …]}.
    """

    source = models.ForeignKey("customer.Source", models.PROTECT, related_name="deliveries")
    label = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    made = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.label


class Telling(models.Model):
    """What a source said about a customer whom it had told of before: anew, late, or the same once more.

    The first saying of a source record has no telling, unless it names an owner for a customer known already; it is
    what the record began with. Ids ascend in the order of hearing, so that a record's tellings can be heard again
    without one of them. `said` is all that it brought besides the fields, `words` the digest by which the same words
    are known again, `did` what it changed: {"effect": …, "added": […], "displaced": […], "owner": bool}, as
    `customer.intake.storing` writes them.
    """

    source_record = models.ForeignKey("customer.SourceRecord", models.CASCADE, related_name="tellings")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="tellings")
    heard_at = models.DateTimeField()
    as_of = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    words = models.CharField(max_length=32)
    said = models.JSONField(default=dict)
    did = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.source_record_id} at {self.heard_at:%Y-%m-%d}"
