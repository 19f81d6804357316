"""Next best actions: what to do for a customer, why, what it is worth, and what people made of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Suggestion(models.Model):
    """The best action for one party as of the last refresh. Computed: thrown away and made anew each time.

    `worth` is revenue at stake within `horizon_days` with an 80 % interval, not a measured gain.
    """

    party = models.OneToOneField(
        "customer.Party", models.DO_NOTHING, primary_key=True, related_name="suggestion", db_constraint=False
    )
    action = models.CharField(max_length=40)  # a registered candidate
    reasons = models.JSONField(default=dict)  # facts for the sentence
    worth = models.FloatField()
    worth_low = models.FloatField()
    worth_high = models.FloatField()
    horizon_days = models.PositiveIntegerField()
    propensity = models.FloatField()  # chance with which the policy chose it, for later evaluation
    as_of = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-worth", "party"], name="suggestion_by_worth")]

    def __str__(self) -> str:
        return f"{self.action} for {self.party_id}"


class Answer(models.Model):
    """What a colleague made of a suggestion. Kept for good; a suggestion that was answered rests for a while."""

    class Choice(models.TextChoices):
        DONE = "done", _("Done")
        NOT_NOW = "not_now", _("Not now")
        WRONG = "wrong", _("Wrong")

    party = models.ForeignKey("customer.Party", models.PROTECT, related_name="+")
    source_record = models.ForeignKey("customer.SourceRecord", models.PROTECT, related_name="+")
    action = models.CharField(max_length=40)
    choice = models.CharField(max_length=8, choices=Choice)
    shown = models.JSONField(default=dict)  # worth, interval, reasons and propensity as they were shown
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    rests_until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["party", "action", "rests_until"], name="answer_resting")]

    def __str__(self) -> str:
        return f"{self.action}: {self.choice}"
