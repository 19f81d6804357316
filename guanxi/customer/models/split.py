from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

PERSON = settings.AUTH_USER_MODEL


class Split(models.Model):
    """`record` was found to be somebody else: until this is undone it belongs to `party`, which was made for it.

    The record's home never changes. Once undone, `party` stands empty, and leads to the home of the record.
    """

    record = models.ForeignKey("customer.SourceRecord", models.PROTECT, related_name="splits")
    party = models.OneToOneField("customer.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(undone_at__isnull=True), name="one_standing_split_per_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} out to {self.party_id}"


def belonging(parties: Collection[int]) -> Q:
    """Source records that are these parties' own before any merge: they came there and stayed, or were split off there.

    For a query about source records. Those that were split off are asked for first, so that each part has its index.
    """
    standing = Split.objects.filter(undone_at=None)
    gained = list(standing.filter(party__in=parties).values_list("record", flat=True))
    return Q(~Exists(standing.filter(record=OuterRef("pk"))), home__in=parties) | Q(pk__in=gained)
