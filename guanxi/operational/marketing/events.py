"""What marketing tells the timeline."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from guanxi.customer.timeline import Happening, event_kind


@event_kind("marketing.unsubscribed")
@dataclass(frozen=True)
class Unsubscribed(Happening):
    """The customer ended messages of one purpose through the link in a campaign's mail."""

    icon: ClassVar[str] = "consent"
    campaign: int
    campaign_name: str
    purpose: str

    def headline(self) -> str:
        return _("Unsubscribed")

    def details(self) -> str:
        return _("Through the link in the mail of the campaign “%(campaign)s”.") % {"campaign": self.campaign_name}
