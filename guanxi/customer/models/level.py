"""How closely the company keeps up a relationship: five levels (Kotler), and what each of them promises in contact."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty


class Level(models.TextChoices):
    """From selling and no more to working together; ordered from loose to close."""

    BASIC = "basic", _("Basic")
    REACTIVE = "reactive", _("Reactive")
    ACCOUNTABLE = "accountable", _("Accountable")
    PROACTIVE = "proactive", _("Proactive")
    PARTNERSHIP = "partnership", _("Partnership")


class LevelEntry(AboutParty):
    """From a day on the customer has this level, because a colleague said so; an empty level returns to the rule."""

    level = models.CharField(max_length=12, choices=Level, blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index("party", F("at").desc(), F("id").desc(), name="level_latest")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.level or 'by rule'}"


class ContactStandard(models.Model):
    """What a level means: somebody is in touch at least every so many days. No row, no standard.

    `tiers` are the value tiers whose customers have this level unless a colleague says otherwise.
    """

    level = models.CharField(max_length=12, choices=Level, unique=True)
    contact_days = models.PositiveSmallIntegerField(null=True, blank=True)
    tiers = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.level}: every {self.contact_days} days"
