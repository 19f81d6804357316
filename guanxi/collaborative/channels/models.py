"""What delivery did with the outbox: one attempt a try, one outage per time the server could not be reached."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models import Event


class Attempt(models.Model):
    """One try to deliver one message, written before the first byte leaves; its Message-ID never changes.

    An attempt without an end was cut off. The database itself allows a message no second attempt while one of them is
    without end, sent or in doubt.
    """

    class End(models.TextChoices):
        NONE = "", _("under way")
        SENT = "sent", _("sent")
        POSTPONED = "postponed", _("postponed")
        REFUSED = "refused", _("refused")
        IN_DOUBT = "in_doubt", _("in doubt")
        LOST = "lost", _("did not arrive")  # said by a person

    outbox = models.ForeignKey("customer.Outbox", models.PROTECT, related_name="attempts")
    message_id = models.CharField(max_length=120, unique=True)
    sender = models.CharField(max_length=254)
    at = models.DateTimeField()
    end = models.CharField(max_length=10, choices=End, blank=True, default=End.NONE)
    ended_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True, default="")  # the server's own words

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outbox"], condition=Q(end__in=["", "sent", "in_doubt"]), name="one_attempt_that_may_have_left"
            )
        ]
        indexes = [
            models.Index(fields=["at"], name="attempt_under_way", condition=Q(end="")),
            models.Index(fields=["outbox"], name="attempt_in_doubt", condition=Q(end="in_doubt")),
        ]

    def __str__(self) -> str:
        return f"{self.outbox_id} {self.end or 'under way'}"


class Outage(models.Model):
    """A channel's server cannot be reached: since when, what it said, when it is tried again. One open a channel."""

    channel = models.CharField(max_length=8, choices=Event.Channel)
    since = models.DateTimeField()
    error = models.TextField()
    tries = models.PositiveIntegerField(default=1)
    next_try_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel"], condition=Q(ended_at__isnull=True), name="one_open_outage")
        ]

    def __str__(self) -> str:
        return f"{self.channel} since {self.since:%Y-%m-%d %H:%M}"
