"""What happened to a campaign: who started it and when, how far the work has come, and whom it left out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty
from guanxi.operational.marketing.models.campaign import Campaign


class Launch(models.Model):
    """The moment a campaign became binding. Its work is done in small steps, and the two marks say how far it is.

    First every member of the segment is examined and, where allowed, assigned to an arm; then every assignment is
    dispatched. A mark moves in the same transaction as the rows it accounts for, so a cut-off step never happened.
    """

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="launch")
    programme = models.OneToOneField("insight.Programme", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    members = models.PositiveIntegerField()  # of the segment when it was launched
    examined_to = models.BigIntegerField(default=0)  # the last party examined, in order of id
    examined_at = models.DateTimeField(null=True)
    dispatched_to = models.BigIntegerField(default=0)  # the last assignment dispatched, in order of id
    dispatched_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.campaign} launched"


class LeftOut(AboutParty):
    """A member of the segment who was not written to, and why: before the lot, or between the lot and the message."""

    class Stage(models.TextChoices):
        EXAMINED = "examined", _("before the lot was drawn")
        DISPATCHED = "dispatched", _("after the lot was drawn")

    launch = models.ForeignKey(Launch, models.CASCADE, related_name="left_out")
    stage = models.CharField(max_length=10, choices=Stage)
    reason = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["launch", "source_record"], name="left_out_once")]
        indexes = [models.Index(fields=["launch", "stage", "reason"], name="left_out_by_reason")]

    def __str__(self) -> str:
        return f"{self.launch_id} {self.party_id}: {self.reason}"
