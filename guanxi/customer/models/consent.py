"""What a customer has agreed to, and how often we may write. Asked in one place: customer.contact_policy."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models.about import AboutParty
from guanxi.customer.models.event import Event


class Purpose(models.TextChoices):
    """What a message is for. Service messages need no consent, but a refusal still counts."""

    SERVICE = "service", _("Service")
    OFFERS = "offers", _("Offers")
    RESEARCH = "research", _("Research")


class Consent(AboutParty):
    """One answer given at one moment for one purpose on one channel; the latest counts, all are kept."""

    purpose = models.CharField(max_length=10, choices=Purpose)
    channel = models.CharField(max_length=8, choices=Event.Channel)
    is_given = models.BooleanField()
    at = models.DateTimeField()
    wording = models.TextField(blank=True)  # the text that was shown
    proof = models.CharField(max_length=200, blank=True)  # such as the form, the call, the import
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index("party", "purpose", "channel", models.F("at").desc(), name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.purpose}/{self.channel}: {'yes' if self.is_given else 'no'}"


class ContactRule(models.Model):
    """At most `most` messages of a purpose on a channel in `days` days (an empty channel counts all of them)."""

    purpose = models.CharField(max_length=10, choices=Purpose)
    channel = models.CharField(max_length=8, choices=Event.Channel, blank=True, default="")
    most = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "channel", "days"], name="one_rule_per_span")]

    def __str__(self) -> str:
        return f"{self.purpose}/{self.channel or 'all'}: {self.most} in {self.days} days"
