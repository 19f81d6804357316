from django.db import models
from django.db.models import Q

from guanxi.customer.models.about import AboutParty
from guanxi.customer.models.consent import Purpose
from guanxi.customer.models.event import Event


class Outbox(AboutParty):
    """A message to be sent. An app writes it, the channel delivers it, the timeline hears when it has left.

    `key` makes writing idempotent. Delivery claims rows (`claimed_at`), notes an attempt before it sends, and ends each
    row with exactly one of `sent_at` and `failed_at`.
    """

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=8, choices=Event.Channel)
    purpose = models.CharField(max_length=10, choices=Purpose)
    programme = models.BigIntegerField(null=True)  # insight's programme; this layer does not know it
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=250, blank=True)
    body = models.TextField()
    unsubscribe_url = models.CharField(max_length=500, blank=True, default="")  # where the customer ends such messages
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["channel", "due_at", "id"],
                name="outbox_waiting",
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
            ),
            models.Index(fields=["party", "sent_at"], name="outbox_sent_to"),
            models.Index(fields=["programme", "id"], name="outbox_of_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} to {self.address}"
