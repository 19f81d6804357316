"""What every row about a customer has in common."""

from django.db import models


class AboutParty(models.Model):
    """A fact belongs to the source record it came with; `party` follows that record through merge and undo."""

    source_record = models.ForeignKey("customer.SourceRecord", models.PROTECT, related_name="+")
    party = models.ForeignKey("customer.Party", models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True
