"""The public pool (公海): customers nobody looks after, who may claim them, and for how long a claim protects."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty
from guanxi.customer.models.reading import Reading

PERSON = settings.AUTH_USER_MODEL
OPEN = Q(closed_at__isnull=True)


class Pool(models.Model):
    """Customers without an owner in its scope: a territory, a team, or everywhere. The narrower pool comes first.

    All days are spans of 24 hours, save the day of `claim_cap`, which is the company's calendar day.
    """

    class Hidden(models.TextChoices):
        NAME = "name", _("Name")
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        ADDRESS = "address", _("Street and postcode")

    name = models.CharField(_("Name"), max_length=80)
    territory = models.ForeignKey("customer.Territory", models.PROTECT, null=True, blank=True, related_name="pools")
    team = models.ForeignKey("access.Team", models.PROTECT, null=True, blank=True, related_name="+")
    roles = models.ManyToManyField("access.Role", blank=True, related_name="+")  # none: every role that may claim
    teams = models.ManyToManyField("access.Team", blank=True, related_name="+")  # none: every team
    claim_cap = models.PositiveIntegerField(default=10)  # claims a colleague and day
    holding_cap = models.PositiveIntegerField(default=100)  # claimed customers a colleague may hold
    cool_down_days = models.PositiveIntegerField(default=7)
    hidden = ArrayField(models.CharField(max_length=8, choices=Hidden), default=list, blank=True)
    default_days = models.PositiveIntegerField(default=30)
    renewal_days = models.PositiveIntegerField(default=15)
    maximum_days = models.PositiveIntegerField(default=180)
    warning_days = models.PositiveIntegerField(default=3)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "team"], condition=OPEN, name="one_open_pool_per_scope", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(territory__isnull=True) | Q(team__isnull=True), name="a_pool_has_one_scope"
            ),
            models.CheckConstraint(condition=Q(default_days__lte=F("maximum_days")), name="default_within_maximum"),
        ]

    def __str__(self) -> str:
        return self.name


class HoldingCap(models.Model):
    """How many customers of one tier a colleague may hold from this pool."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="tier_caps")
    tier = models.CharField(max_length=10, choices=Reading.Tier)
    most = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pool", "tier"], name="one_holding_cap_per_tier")]

    def __str__(self) -> str:
        return f"{self.tier}: {self.most}"


class RecycleRule(models.Model):
    """A customer falls back into the pool after so many days, even if its protection is longer."""

    class After(models.TextChoices):
        FOLLOW_UP = "follow_up", _("the last follow-up")
        ORDER = "order", _("the last order")
        CONTRACT = "contract", _("the end of the contract")

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="rules")
    after = models.CharField(max_length=9, choices=After)
    days = models.PositiveIntegerField()
    tiers = ArrayField(models.CharField(max_length=10, choices=Reading.Tier), default=list, blank=True)  # none: all
    # the custom date field in which a contract's end stands
    field = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(Q(after="contract") & ~Q(field="")) | Q(~Q(after="contract") & Q(field="")),
                name="only_a_contract_rule_names_a_field",
            )
        ]

    def __str__(self) -> str:
        return f"{self.days} days after {self.after}"


class Claim(AboutParty):
    """A colleague has a customer out of a pool, until they lose it. It protects until `recycle_at`.

    The days are written down with the claim, so that changed rules of the pool hold for later claims only. It hangs on
    the own record of the party that was claimed and sleeps while that party is merged into another one.
    """

    class Origin(models.TextChoices):
        CLAIMED = "claimed", _("claimed")
        ASSIGNED = "assigned", _("assigned")
        ENROLLED = "enrolled", _("taken under the rules")

    class Cause(models.TextChoices):
        RETURNED = "returned", _("returned")
        RECYCLED = "recycled", _("protection ended")
        REASSIGNED = "reassigned", _("given to somebody else")
        UNDONE = "undone", _("taken back")
        CLOSED = "closed", _("the pool was closed")

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="claims")
    holder = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin)
    claimed_at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    day = models.DateField()  # of the company's calendar
    renewal_days = models.PositiveIntegerField()
    followed_at = models.DateTimeField(null=True)  # the holder's last follow-up
    recycle_at = models.DateTimeField()
    maximum_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    cause = models.CharField(max_length=10, choices=Cause, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_record"], condition=Q(released_at__isnull=True), name="one_standing_claim_per_record"
            ),
            models.CheckConstraint(condition=Q(recycle_at__lte=F("maximum_at")), name="never_beyond_the_maximum"),
        ]
        indexes = [
            models.Index(fields=["holder", "pool"], name="claim_held", condition=Q(released_at__isnull=True)),
            models.Index(fields=["holder", "day"], name="claim_by_day"),
            models.Index(fields=["recycle_at"], name="claim_due", condition=Q(released_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} by {self.holder_id} until {self.recycle_at:%Y-%m-%d}"
