"""What one customer would be sent, shown before anything is sent."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from guanxi.customer import contact_policy
from guanxi.customer.access import visible_parties
from guanxi.customer.models import Party
from guanxi.customer.search.matching import matching
from guanxi.foundation.accounts.models import User
from guanxi.foundation.letters import html_of
from guanxi.insight.segments import members_of
from guanxi.operational.marketing.letters import Letter, Writer, readable_parties
from guanxi.operational.marketing.models import Campaign
from guanxi.operational.marketing.unsubscribing import sample_url


@dataclass(frozen=True)
class Preview:
    """The letter to `party`, or why it would not go out (`refusal`, a reason of the contact policy)."""

    party: Party
    letter: Letter
    refusal: str
    next_after: int

    @property
    def html(self) -> SafeString:
        return html_of(self.letter.body)

    @property
    def is_own_language(self) -> bool:
        return bool(self.party.language) and self.letter.language[:2] == self.party.language[:2].lower()


def preview(campaign: Campaign, *, reader: User, words: str, after: int, at: datetime) -> Preview | None:
    """The first member behind `after` whom the words find and the reader may see; None when there is nobody."""
    found = (
        _members(campaign, reader, words, at).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True).first()
    )
    if found is None or not campaign.messages.exists():
        return None
    party = readable_parties([found]).get()
    decision = contact_policy.decide(party.pk, purpose=campaign.purpose, channel=campaign.channel, at=at)
    letter = Writer(campaign).write(party, sample_url())
    return Preview(party, letter, "" if decision.allowed else decision.reason, party.pk)


def _members(campaign: Campaign, reader: User, words: str, at: datetime) -> "QuerySet[Party]":
    members = members_of(campaign.segment, at=at).filter(pk__in=visible_parties(reader))
    return matching(members, words) if words else members
