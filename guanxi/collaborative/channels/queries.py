"""Answers about the outbox. What a message's state is follows from its row and its attempts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guanxi.collaborative.channels.mail.composing import UndeliverableError, compose
from guanxi.collaborative.channels.models import Attempt, Outage
from guanxi.customer.access import visible_parties
from guanxi.customer.models import Outbox
from guanxi.foundation.accounts.models import User

PAGE = 50
IN_DOUBT = Exists(Attempt.objects.filter(outbox=OuterRef("pk"), end=Attempt.End.IN_DOUBT))
CONDITIONS = {
    "waiting": Q(sent_at=None, failed_at=None) & ~Q(IN_DOUBT),
    "sent": Q(sent_at__isnull=False),
    "failed": Q(failed_at__isnull=False),
    "in_doubt": Q(IN_DOUBT),
}
STATES: dict[str, str | Promise] = {
    "waiting": _("waiting"),
    "sent": _("sent"),
    "failed": _("failed"),
    "in_doubt": _("in doubt"),
}


@dataclass(frozen=True)
class Tally:
    """How many messages are in a state."""

    key: str
    label: str | Promise
    number: int


def readable_messages(reader: User, *, programme: int | None = None) -> "QuerySet[Outbox]":
    """Messages to customers whom the colleague may see, as far as their right to the outbox goes."""
    found = Outbox.objects.filter(
        party__in=visible_parties(reader, "outbox.read") & visible_parties(reader, "customer.read")
    )
    found = found.annotate(is_in_doubt=IN_DOUBT).select_related("party")
    return found if programme is None else found.filter(programme=programme)


def page_of_messages(
    messages: "QuerySet[Outbox]", *, state: str, before: int | None
) -> tuple[list[Outbox], int | None]:
    """The next page by number, the latest first, and where the one after it begins."""
    if state:
        messages = messages.filter(CONDITIONS[state])
    if before is not None:
        messages = messages.filter(pk__lt=before)
    rows = list(messages.order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def tally_of(messages: "QuerySet[Outbox]") -> list[Tally]:
    """How many are in each state, in one query; every message is in exactly one."""
    counted = {state: Count("pk", filter=where) for state, where in CONDITIONS.items()}
    numbers = messages.order_by().aggregate(**counted)
    return [Tally(state, label, numbers[state]) for state, label in STATES.items()]


def for_reading(row: Outbox) -> Outbox:
    """The message as colleagues may read it: the link that ends it is the customer's alone. Not to be saved."""
    if row.unsubscribe_url:
        masked = row.unsubscribe_url.rstrip("/").rpartition("/")[0] + "/***/"
        row.body = row.body.replace(row.unsubscribe_url, masked)
        row.unsubscribe_url = masked
    return row


def headers(row: Outbox, attempts: Sequence[Attempt]) -> list[tuple[str, str]]:
    """The headers of the latest attempt's mail; before there is one, what is known already."""
    if not attempts:
        return [("To", row.address), ("Subject", row.subject)]
    latest = attempts[0]
    try:
        letter = compose(row, message_id=latest.message_id, sender=latest.sender, date=timezone.localtime(latest.at))
    except UndeliverableError:
        return [("From", latest.sender), ("To", row.address), ("Subject", row.subject)]
    return [(name, str(value)) for name, value in letter.items()]


def outages() -> "QuerySet[Outage]":
    """Channels whose server cannot be reached now."""
    return Outage.objects.filter(ended_at=None).order_by(F("since"))
