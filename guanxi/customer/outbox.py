"""Messages to be sent: written here by any app, delivered by the channels."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

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


def repeated(rows: Sequence[Outbox]) -> set[int]:
    """Of these rows, those that would tell a customer once more what the same programme has told or is about to tell.

    Two customers to whom it wrote were merged meanwhile: they are one now and hear it once.
    """
    before = Outbox.objects.filter(
        programme=OuterRef("programme"), party=OuterRef("party"), pk__lt=OuterRef("pk"), failed_at=None
    ).exclude(source_record=OuterRef("source_record"))
    asked = Outbox.objects.filter(pk__in=[row.pk for row in rows], programme__isnull=False)
    return set(asked.filter(Exists(before)).values_list("pk", flat=True))


def _row(message: Outgoing) -> Outbox:
    facts = asdict(message)
    return Outbox(party_id=facts.pop("party"), source_record_id=facts.pop("source_record"), **facts)
