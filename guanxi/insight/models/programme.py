"""The loop's ledger: who was treated, who was left alone by lot, who was reached, and what it earned."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty


class Programme(models.Model):
    """Something done to customers whose effect is measured. An app that acts on customers opens one here."""

    class Kind(models.TextChoices):
        CAMPAIGN = "campaign", _("Campaign")
        REPLAY = "replay", _("Replay of the past")  # an A/A test: nobody was treated

    class WorksBy(models.TextChoices):
        MORE = "more", _("More: new and won back")
        LONGER = "longer", _("Longer: kept")
        DEEPER = "deeper", _("Deeper: cross-sell, trade-up")

    class Outcome(models.TextChoices):
        REVENUE = "revenue", _("Revenue per customer")
        BUYERS = "buyers", _("Share who buy")

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CAMPAIGN)
    works_by = models.CharField(max_length=8, choices=WorksBy, default=WorksBy.LONGER)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.REVENUE)
    salt = models.CharField(max_length=40, unique=True)
    control_share = models.FloatField()
    holdout_share = models.FloatField(default=0.05)  # the company-wide hold-out, never treated by anything
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    outcome_days = models.PositiveIntegerField(default=28)
    fixed_cost = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    unit_cost = models.DecimalField(max_digits=14, decimal_places=4, default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(control_share__gt=0, control_share__lt=1), name="a_programme_has_a_control_group"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeClosure(models.Model):
    """The declared end: from here on the fixed-horizon interval is read once and stands."""

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="closure")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.programme} closed"


class Assignment(AboutParty):
    """The arm that the lot gave a customer. It freezes at the first exposure, whatever is merged later."""

    class Arm(models.TextChoices):
        TREATED = "treated", _("Treated")
        CONTROL = "control", _("Control group")
        HOLDOUT = "holdout", _("Company-wide hold-out")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="assignments")
    arm = models.CharField(max_length=8, choices=Arm)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "source_record"], name="one_arm_per_record")]
        indexes = [models.Index(fields=["programme", "arm", "id"], name="assignment_by_arm")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.party_id}: {self.arm}"


class Exposure(AboutParty):
    """A customer of either arm reached the moment of treatment. The control group's are the ones it would have had."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="exposures")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "source_record"], name="first_exposure_counts")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.party_id}"


class Verdict(models.Model):
    """What a programme earned above its control group, as measured at one moment. `figures` holds the whole reading."""

    class Conclusion(models.TextChoices):
        TOO_EARLY = "too_early", _("too early")
        EARNS = "earns", _("earns")
        NOT_SURE = "not_sure", _("not sure yet")
        NO_EFFECT = "no_effect", _("no effect shown")
        LOSES = "loses", _("loses")
        INVALID = "invalid", _("not valid")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="verdicts")
    measured_at = models.DateTimeField()
    is_final = models.BooleanField()
    conclusion = models.CharField(max_length=10, choices=Conclusion)
    figures = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme"], condition=Q(is_final=True), name="the_final_verdict_is_read_once"
            )
        ]
        indexes = [models.Index(fields=["programme", "-measured_at"], name="verdict_latest")]

    def __str__(self) -> str:
        return f"{self.programme}: {self.conclusion}"
