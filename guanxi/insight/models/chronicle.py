"""How stage and strength of each relationship went, as refresh after refresh has found them.

Keyed like the readings, by the party as it was then; a merge rewrites no past.
"""

from django.db import models
from django.db.models import F, Q

from guanxi.customer.models import Reading


class StageEntry(models.Model):
    """A stage that a relationship was in, from a day until a day; `until` is empty for the present one."""

    party = models.ForeignKey("customer.Party", models.DO_NOTHING, related_name="stage_entries", db_constraint=False)
    stage = models.CharField(max_length=12, choices=Reading.Stage)
    since = models.DateField()
    until = models.DateField(null=True)
    refresh = models.ForeignKey("insight.Refresh", models.SET_NULL, null=True, related_name="+")  # that found it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(until__isnull=True), name="one_present_stage")
        ]
        indexes = [models.Index("party", F("since").desc(), name="stage_entries_of_party")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.stage} since {self.since}"


class StrengthEntry(models.Model):
    """The strength found on a day, noted when a dimension has moved by a point or more since the last entry."""

    party = models.ForeignKey("customer.Party", models.DO_NOTHING, related_name="strength_entries", db_constraint=False)
    on = models.DateField()
    behaviour = models.SmallIntegerField(null=True)  # 0–100
    emotion = models.SmallIntegerField(null=True)
    time = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "on"], name="one_strength_per_day")]

    def __str__(self) -> str:
        return f"{self.party_id} on {self.on}"
