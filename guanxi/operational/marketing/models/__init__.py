"""Marketing's nouns: what is planned (Campaign, Message) and what was done (Launch, LeftOut)."""

from guanxi.operational.marketing.models.campaign import Campaign, Message
from guanxi.operational.marketing.models.launch import Launch, LeftOut

__all__ = ["Campaign", "Launch", "LeftOut", "Message"]
