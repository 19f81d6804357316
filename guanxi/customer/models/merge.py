"""Who is who: proposals that two parties are one, and merges, which can all be undone in any order."""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Proposal(models.Model):
    """Evidence that two source records describe one customer, and what a person (or the threshold) made of it.

    The records never change; `left` and `right` are the parties that hold them now and follow merges. Once both are the
    same party, the question is settled. `explanation` is what a clerk reads:
    [{"field", "level", "left", "right", "weight"}, …], weights in bits (log2 of the Bayes factor).
    """

    class Decision(models.TextChoices):
        MERGED = "merged", _("One and the same")
        DISTINCT = "distinct", _("Two different customers")
        HOUSEHOLD = "household", _("One household")

    class Origin(models.TextChoices):
        ENTRY = "entry", _("When it was typed in")
        IMPORT = "import", _("In an import")
        NIGHTLY = "nightly", _("In the nightly comparison")

    TWO = (Decision.DISTINCT, Decision.HOUSEHOLD)  # decisions by which they are not one and the same

    left_record = models.ForeignKey("customer.SourceRecord", models.CASCADE, related_name="+")
    right_record = models.ForeignKey("customer.SourceRecord", models.CASCADE, related_name="+")
    left = models.ForeignKey("customer.Party", models.PROTECT, related_name="+")
    right = models.ForeignKey("customer.Party", models.PROTECT, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin)
    rule = models.CharField(max_length=60)  # the rule or model that speaks, such as same-email or fellegi-sunter
    version = models.CharField(max_length=40, blank=True, default="")
    probability = models.FloatField()  # that they are one, from 0 to 1
    weight = models.FloatField()  # bits of evidence
    explanation = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")  # null: the threshold did

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left_record", "right_record"], name="one_proposal_per_pair"),
            models.CheckConstraint(condition=Q(left_record__lt=F("right_record")), name="left_is_the_older_record"),
        ]
        indexes = [
            models.Index(
                F("probability").desc(), F("id").desc(), name="proposal_queue", condition=Q(decided_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id}: {self.probability:.3f}"


def told_apart(parties: Collection[int] | None = None) -> set[frozenset[int]]:
    """Pairs of customers whom somebody told apart, by a decision or by undoing a merge; of all, or with these."""
    two = Proposal.objects.filter(decision__in=Proposal.TWO)
    if parties is not None:
        two = two.filter(Q(left__in=parties) | Q(right__in=parties))
    return {frozenset(pair) for pair in two.values_list("left_id", "right_id")}


class Merge(models.Model):
    """`absorbed` was found to be `survivor`, until somebody undid it.

    Merges that stand form a forest: who was absorbed is no longer there to be absorbed again. Where each source record
    belongs follows from them alone, so that undoing them all, in any order, restores what was there before.
    """

    absorbed = models.ForeignKey("customer.Party", models.PROTECT, related_name="+")
    survivor = models.ForeignKey("customer.Party", models.PROTECT, related_name="merges")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")  # null: the threshold did
    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, related_name="+")
    evidence = models.JSONField(default=list)  # as in Proposal.explanation; what the person saw
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="one_standing_merge_per_absorbed"
            ),
            models.CheckConstraint(condition=~Q(absorbed=F("survivor")), name="nobody_absorbs_himself"),
        ]
        indexes = [  # every minute somebody asks for the latest
            models.Index(fields=["at"], name="merge_at"),
            models.Index(fields=["undone_at"], condition=Q(undone_at__isnull=False), name="merge_undone_at"),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.survivor_id}"
