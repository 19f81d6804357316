"""What a campaign says to one customer: language, merge fields, and the foot that lets the customer say no."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from guanxi.customer.models import Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current
from guanxi.foundation.ui import formats
from guanxi.operational.marketing.merge_fields import fill
from guanxi.operational.marketing.models import Campaign, Message
from guanxi.operational.marketing.unsubscribing import Ticket


@dataclass(frozen=True)
class Letter:
    """A message as it will be sent."""

    language: str
    address: str
    subject: str
    body: str
    unsubscribe_url: str


class Writer:
    """Writes a campaign's letters. Templates and company are read once, parties come from `readable_parties`."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.messages = {message.language: message for message in campaign.messages.all()}
        company = current()
        self.company = company.name if company else "Guanxi"
        self.zone = ZoneInfo(company.timezone if company else "UTC")

    def write(self, party: Party, unsubscribe_url: str) -> Letter:
        """The letter to one customer, in the customer's language where the campaign speaks it."""
        message = self.message_for(party)
        with translation.override(message.language), timezone.override(self.zone):
            values = self._values(party)
            body = fill(message.body, values).rstrip() + self._foot(unsubscribe_url) + "\n"
            subject = " ".join(fill(message.subject, values).split())[:250]
            return Letter(message.language, party.email, subject, body, unsubscribe_url)

    def message_for(self, party: Party) -> Message:
        wanted = spoken_language(party)
        return (
            self.messages.get(wanted) or self.messages.get(User.Language.ENGLISH) or next(iter(self.messages.values()))
        )

    def _values(self, party: Party) -> dict[str, str]:
        reading = getattr(party, "reading", None)
        last = reading.last_order_at if reading else None
        return {
            "name": party.name,
            "latin_name": party.latin_name,
            "city": party.city,
            "country": party.country,
            "owner": party.owner.name if party.owner else "",
            "last_order": formats.day(last) if last else "",
            "company": self.company,
        }

    def unsubscribe_url(self, source_record: int) -> str:
        """The way out for this customer; only their own mail may hold it."""
        return Ticket(source_record, self.campaign.purpose, self.campaign.channel, self.campaign.pk).url()

    def _foot(self, url: str) -> str:
        said = _("%(company)s writes to you because you agreed to it. One click ends it:") % {"company": self.company}
        return f"\n\n{said}\n{url}"


def spoken_language(party: Party) -> str:
    """The product's language nearest to the customer's; any Chinese is Chinese, everything else English."""
    return User.Language.CHINESE if party.language.lower().startswith("zh") else User.Language.ENGLISH


def readable_parties(ids: Iterable[int]) -> "QuerySet[Party]":
    """Parties with all that merge fields need, in one query."""
    return Party.objects.filter(pk__in=ids).select_related("owner", "reading")
