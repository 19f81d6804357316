"""Who is believed: the rule of each golden field, and the work of applying a changed one to everybody."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class BeliefRule(models.Model):
    """How one golden field is decided when sources disagree. A field without a row is decided by rank.

    `ranking` holds keys of sources that are believed first for this field, the best first; all others follow by their
    own rank. What a person typed outranks every rule.
    """

    class Rule(models.TextChoices):
        RANK = "rank", _("the source believed first, then the latest word")
        LATEST = "latest", _("the latest word, whoever says it")
        MOST = "most", _("what most sources say")
        LONGEST = "longest", _("the longest word")

    field = models.CharField(max_length=60, unique=True)
    rule = models.CharField(max_length=8, choices=Rule, default=Rule.RANK)
    ranking = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.field}: {self.rule}"


class Reappraisal(models.Model):
    """Golden fields of all customers of several sources computed anew, in lots, after a rule was changed.

    `reached` is the last party done; it is written with the lot, so that a kill repeats nothing. A later change makes
    an unfinished one needless: `superseded_at`.
    """

    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.done} of {self.total}"

    @property
    def share(self) -> float:
        """Of all, how much is done; customers who came meanwhile do not make it more than all."""
        return min(1.0, self.done / self.total) if self.total else 1.0
