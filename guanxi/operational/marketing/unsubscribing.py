"""The link that ends messages of one purpose: signed, so that nobody can end another's; valid as long as the mail."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

SIGNER = Signer(salt="marketing.unsubscribe")


class NotOurLinkError(ValueError):
    """The link was cut short or altered on its way."""


@dataclass(frozen=True)
class Ticket:
    """Whose messages of which purpose and channel end, and which campaign's mail carried the link."""

    source_record: int
    purpose: str
    channel: str
    campaign: int

    def token(self) -> str:
        return SIGNER.sign(f"{self.source_record}.{self.purpose}.{self.channel}.{self.campaign}")

    def url(self) -> str:
        """The full address, for a mail."""
        return settings.PUBLIC_URL + reverse("marketing:unsubscribe", args=[self.token()])


def sample_url() -> str:
    """What stands in a preview in place of the address that ends a customer's messages: it ends nobody's."""
    return settings.PUBLIC_URL + reverse("marketing:unsubscribe", args=["sample"])


def read_ticket(token: str) -> Ticket:
    """The ticket a link carries. Raises NotOurLinkError."""
    try:
        source_record, purpose, channel, campaign = SIGNER.unsign(token).split(".")
    except (BadSignature, ValueError) as wrong:
        raise NotOurLinkError(token) from wrong
    return Ticket(int(source_record), purpose, channel, int(campaign))
