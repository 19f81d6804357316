"""Messages to be sent: written here by any app, delivered by the channels."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from guanxi.customer.models import Outbox


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message. A second one with the same `key` is not written."""

    key: str
    party: int
    source_record: int
    channel: str
    purpose: str
    address: str
    subject: str
    body: str
    due_at: datetime
    programme: int | None = None
    unsubscribe_url: str = ""


def put_in_outbox(messages: Sequence[Outgoing]) -> int:
    """Write messages in one statement per thousand; returns how many are new. Ask the contact policy before."""
    before = Outbox.objects.filter(key__in=[each.key for each in messages]).count()
    Outbox.objects.bulk_create((_row(each) for each in messages), batch_size=1000, ignore_conflicts=True)
    return len({each.key for each in messages}) - before


def _row(message: Outgoing) -> Outbox:
    facts = asdict(message)
    return Outbox(party_id=facts.pop("party"), source_record_id=facts.pop("source_record"), **facts)
