"""Readings: what insight has computed about each party, kept here so that lists can filter and sort without knowing it.

All of it can be thrown away and computed again.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Computation(models.Model):
    """One publication of readings: as of when, and which model and version stands behind each figure.

    `figures` maps a reading's name to {"model": …, "version": …, "interval": 0.8, "sample": …}.
    """

    as_of = models.DateTimeField()
    published_at = models.DateTimeField()
    horizon_days = models.PositiveIntegerField(default=365)
    figures = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"as of {self.as_of:%Y-%m-%d}"


class Reading(models.Model):
    """The current figures of one party. Money is in the company's currency; a null means "not known", never nil."""

    class Stage(models.TextChoices):
        EXPLORATION = "exploration", _("Exploration")
        FORMATION = "formation", _("Formation")
        STABILITY = "stability", _("Stability")
        DECLINE = "decline", _("Decline")
        LOST = "lost", _("Lost")
        WON_BACK = "won_back", _("Won back")

    class Tier(models.TextChoices):
        VIP = "vip", _("VIP")
        MAJOR = "major", _("Major")
        ORDINARY = "ordinary", _("Ordinary")
        SMALL = "small", pgettext_lazy("tier of value", "Small")

    class Loyalty(models.TextChoices):
        TRUE_FRIEND = "true_friend", _("True friend")
        BUTTERFLY = "butterfly", _("Butterfly")
        BARNACLE = "barnacle", _("Barnacle")
        STRANGER = "stranger", _("Stranger")

    class Growth(models.TextChoices):
        PENETRATION = "penetration", _("Known customer, known articles")
        EXTENSION = "extension", _("Known customer, new articles")
        ACQUISITION = "acquisition", _("New customer, known articles")
        DIVERSIFICATION = "diversification", _("New customer, new articles")

    party = models.OneToOneField(
        "customer.Party", models.DO_NOTHING, primary_key=True, related_name="reading", db_constraint=False
    )
    computation = models.ForeignKey(Computation, models.DO_NOTHING, related_name="+", db_constraint=False)
    first_order_at = models.DateTimeField(null=True)
    last_order_at = models.DateTimeField(null=True)
    orders = models.IntegerField(default=0)
    purchase_days = models.IntegerField(default=0)
    revenue = models.FloatField(default=0)  # sales less returns, all time
    revenue_year = models.FloatField(default=0)  # the same, last 365 days
    returns_amount = models.FloatField(default=0)  # a positive figure
    mean_order = models.FloatField(null=True)
    rfm = models.CharField(max_length=3, blank=True, default="")
    expected_orders = models.FloatField(null=True)  # purchase days within the horizon
    expected_orders_low = models.FloatField(null=True)
    expected_orders_high = models.FloatField(null=True)
    expected_value = models.FloatField(null=True)  # revenue within the horizon
    expected_value_low = models.FloatField(null=True)
    expected_value_high = models.FloatField(null=True)
    churn = models.FloatField(null=True)  # chance of no purchase within the horizon, 0–1
    profit = models.FloatField(null=True)  # within the horizon, where the company has told its margin
    profit_low = models.FloatField(null=True)
    profit_high = models.FloatField(null=True)
    lifetime = models.FloatField(null=True)  # profit of the next five years in today's money
    lifetime_low = models.FloatField(null=True)
    lifetime_high = models.FloatField(null=True)
    at_stake = models.FloatField(null=True)  # what waking a lapsed customer would add within the horizon
    cycle_days = models.FloatField(null=True)
    cycle_low = models.FloatField(null=True)
    cycle_high = models.FloatField(null=True)
    strength_behaviour = models.FloatField(null=True)  # 0–100
    strength_emotion = models.FloatField(null=True)
    strength_time = models.FloatField(null=True)
    tier = models.CharField(max_length=10, choices=Tier, blank=True, default="")
    loyalty = models.CharField(max_length=12, choices=Loyalty, blank=True, db_default="", default="")
    growth = models.CharField(max_length=16, choices=Growth, blank=True, db_default="", default="")
    stage = models.CharField(max_length=12, choices=Stage, blank=True, default="")
    stage_since = models.DateField(null=True)
    tags = ArrayField(models.CharField(max_length=40), default=list)
    monthly = ArrayField(models.FloatField(), default=list)  # revenue of the last 12 months, oldest first

    class Meta:
        indexes = [
            models.Index(F("expected_value").desc(nulls_last=True), F("party").desc(), name="reading_by_value"),
            models.Index(F("revenue_year").desc(nulls_last=True), F("party").desc(), name="reading_by_revenue"),
            models.Index(F("last_order_at").desc(nulls_last=True), F("party").desc(), name="reading_by_order"),
            models.Index(fields=["revenue", "party"], name="reading_by_total"),
            models.Index(fields=["orders", "party"], name="reading_by_orders"),
            models.Index(F("strength_behaviour").desc(nulls_last=True), F("party").desc(), name="reading_by_strength"),
            models.Index(F("churn").desc(nulls_last=True), F("party").desc(), name="reading_by_churn"),
            models.Index(F("profit").desc(nulls_last=True), F("party").desc(), name="reading_by_profit"),
            models.Index(F("lifetime").desc(nulls_last=True), F("party").desc(), name="reading_by_lifetime"),
            models.Index(F("at_stake").desc(nulls_last=True), F("party").desc(), name="reading_by_stake"),
            models.Index(fields=["tier", "party"], name="reading_by_tier"),
            models.Index(fields=["loyalty", "party"], name="reading_by_loyalty"),
            models.Index(fields=["growth", "party"], name="reading_by_growth"),
            models.Index(fields=["stage", "party"], name="reading_by_stage"),
            GinIndex(fields=["tags"], name="reading_by_tag"),
        ]

    def __str__(self) -> str:
        return f"reading of {self.party_id}"
