"""What the nightly comparison has learnt, and how sure it must be to merge by itself."""

from django.db import models
from django.db.models import Q

from guanxi.customer.models.party import Party


class MatchingModel(models.Model):
    """The chances learnt for one kind of customer at one moment: named numbers, the last row counts.

    `numbers` is {"prior": float, "chances": {field: [[m, u], …]}}, from the best level of agreement to different; see
    docs/algorithms/identity.md. No value of any customer stands in it.
    """

    kind = models.CharField(max_length=12, choices=Party.Kind)
    as_of = models.DateTimeField()
    records = models.PositiveIntegerField()  # compared when it was learnt
    numbers = models.JSONField()

    class Meta:
        indexes = [models.Index("kind", models.F("as_of").desc(), name="matching_model_latest")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.as_of:%Y-%m-%d}"


class MatchingPolicy(models.Model):
    """The administrator's threshold, one row: two customers are merged without a person from this probability on."""

    automatic_from = models.FloatField(null=True)  # null: a person decides about every pair

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(automatic_from__isnull=True) | Q(automatic_from__gte=0.9, automatic_from__lte=1),
                name="automatic_merges_are_sure",
            )
        ]

    def __str__(self) -> str:
        return f"from {self.automatic_from}"
