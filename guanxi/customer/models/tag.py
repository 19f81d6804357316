from django.conf import settings
from django.db import models

from guanxi.customer.models.about import AboutParty


class Tag(models.Model):
    """A word put on customers by hand. Computed tags are declared by insight and stand in the readings."""

    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class PartyTag(AboutParty):
    """Who put which tag on a customer, and when."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="uses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source_record", "tag"], name="one_use_per_tag")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.tag_id}"
