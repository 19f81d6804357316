"""May we write to this customer, for this purpose, on this channel, now? The one place where that is decided.

The order of the reasons is the order in which they are told: what the customer has said comes before what we lack.
Messages that still wait in the outbox count like sent ones, so that two campaigns launched together do not both write.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from guanxi.customer.models import Consent, ContactRule, Event, Outbox, Party
from guanxi.customer.models.consent import Purpose

ADDRESS: dict[str, str] = {
    Event.Channel.MAIL: "email",
    Event.Channel.CALL: "phone",
    Event.Channel.SMS: "phone",
    Event.Channel.POST: "street",
}


class Reason(TextChoices):
    """Why a customer may not be written to; the empty one means that they may."""

    NONE = "", _("may be contacted")
    DO_NOT_CONTACT = "do_not_contact", _("asked not to be contacted on this channel")
    REFUSED = "refused", _("withdrew consent")
    NO_CONSENT = "no_consent", _("never gave consent")
    NO_ADDRESS = "no_address", _("no address for this channel")
    TOO_OFTEN = "too_often", _("has heard from us often enough")
    SAME_CUSTOMER = "same_customer", _("was merged with another customer whom this concerns too")


@dataclass(frozen=True)
class Decision:
    """The answer for one customer, with the address to use."""

    reason: str
    address: str

    @property
    def allowed(self) -> bool:
        return self.reason == Reason.NONE


UNKNOWN = Decision(Reason.NO_ADDRESS, "")


def decide(party: int, *, purpose: str, channel: str, at: datetime, queued: int | None = None) -> Decision:
    """The answer for one party. With `queued`, an outbox row asked about at delivery, rows behind it do not count."""
    return decide_all([party], purpose=purpose, channel=channel, at=at, queued=queued).get(party, UNKNOWN)


def decide_all(
    parties: Iterable[int], *, purpose: str, channel: str, at: datetime, queued: int | None = None
) -> dict[int, Decision]:
    """The answers for many parties in two queries, whatever their number."""
    asked = Party.objects.filter(pk__in=list(parties))
    rows = with_refusal(asked, purpose=purpose, channel=channel, at=at, queued=queued)
    return {pk: Decision(reason, address) for pk, reason, address in rows.values_list("pk", "refusal", "address")}


def with_refusal(
    parties: QuerySet[Party], *, purpose: str, channel: str, at: datetime, queued: int | None = None
) -> QuerySet[Any]:
    """The same parties with `refusal` (a Reason, empty when allowed) and `address`, decided inside the database."""
    told = parties.annotate(
        address=F(ADDRESS[channel]) if channel in ADDRESS else Value("", output_field=CharField()),
        answer=_latest_answer(purpose, channel, at),
        service_answer=_latest_answer(Purpose.SERVICE, channel, at),
    )
    reasons = [
        When(service_answer=False, then=Value(Reason.DO_NOT_CONTACT)),
        When(answer=False, then=Value(Reason.REFUSED)),
        *([] if purpose == Purpose.SERVICE else [When(answer__isnull=True, then=Value(Reason.NO_CONSENT))]),
        When(address="", then=Value(Reason.NO_ADDRESS)),
    ]
    for number, rule in enumerate(_rules(purpose, channel)):
        told = told.annotate(**{f"heard_{number}": _heard(rule, at, queued)})
        reasons.append(When(**{f"heard_{number}__gte": rule.most}, then=Value(Reason.TOO_OFTEN)))
    return told.annotate(refusal=Case(*reasons, default=Value(Reason.NONE), output_field=CharField()))


def _latest_answer(purpose: str, channel: str, at: datetime) -> Subquery:
    answers = Consent.objects.filter(party=OuterRef("pk"), purpose=purpose, channel=channel, at__lte=at)
    return Subquery(answers.order_by("-at", "-id").values("is_given")[:1], output_field=BooleanField(null=True))


def _rules(purpose: str, channel: str) -> list[ContactRule]:
    return list(ContactRule.objects.filter(Q(channel=channel) | Q(channel=""), purpose=purpose).order_by("days", "id"))


def _heard(rule: ContactRule, at: datetime, queued: int | None) -> Coalesce:
    """How many messages of this kind the party was sent within the rule's days, or is about to be sent."""
    ahead = Q(sent_at__isnull=True, failed_at__isnull=True) & (Q() if queued is None else Q(pk__lt=queued))
    heard = Outbox.objects.filter(
        ahead | Q(sent_at__gt=at - timedelta(days=rule.days)), party=OuterRef("pk"), purpose=rule.purpose
    )
    if rule.channel:
        heard = heard.filter(channel=rule.channel)
    counted = heard.order_by().values("party").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
