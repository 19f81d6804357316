"""A campaign: to whom, what, how much, and how its effect will be measured. Until launched it may be changed."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guanxi.customer.models import Event
from guanxi.customer.models.consent import Purpose as AnyPurpose
from guanxi.foundation.accounts.models import User
from guanxi.insight.models import Programme


class Campaign(models.Model):
    """One message to one segment, tried against a control group. Money is in the company's currency."""

    class Channel(models.TextChoices):
        MAIL = Event.Channel.MAIL.value, pgettext_lazy("channel", "E-mail")

    class Purpose(models.TextChoices):
        """A service message owes itself to everybody it concerns: no lot is drawn for it, so it is no campaign."""

        OFFERS = AnyPurpose.OFFERS.value, AnyPurpose.OFFERS.label
        RESEARCH = AnyPurpose.RESEARCH.value, AnyPurpose.RESEARCH.label

    name = models.CharField(_("Name"), max_length=160, unique=True)
    segment = models.ForeignKey("insight.Segment", models.PROTECT, related_name="+", verbose_name=_("Segment"))
    channel = models.CharField(_("Channel"), max_length=8, choices=Channel, default=Channel.MAIL)
    purpose = models.CharField(_("Purpose"), max_length=10, choices=Purpose, default=Purpose.OFFERS)
    works_by = models.CharField(
        _("Should earn by"), max_length=8, choices=Programme.WorksBy, default=Programme.WorksBy.LONGER
    )
    control_share = models.FloatField(_("Control share"), default=0.2)
    outcome_days = models.PositiveIntegerField(
        _("Outcome window"), default=28, validators=[MinValueValidator(1), MaxValueValidator(3650)]
    )
    unit_cost = models.DecimalField(
        _("Cost per message"),
        max_digits=14,
        decimal_places=4,
        default=0,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1_000_000))],
    )
    fixed_cost = models.DecimalField(
        _("Fixed cost"),
        max_digits=14,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1_000_000_000))],
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(control_share__gt=0, control_share__lt=1), name="a_campaign_has_a_control_group"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """What a campaign says in one language: templates with merge fields, see `merge_fields`."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="messages")
    language = models.CharField(max_length=10, choices=User.Language)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["campaign", "language"], name="one_message_per_language")]

    def __str__(self) -> str:
        return f"{self.language}: {self.subject}"
