"""Messages waiting in the outbox."""

from datetime import datetime

from guanxi.customer.models import Event, Outbox, Party
from guanxi.customer.models.consent import Purpose
from guanxi.customer.outbox import Outgoing, put_in_outbox
from tests.world import NOW


def message_to(party: Party, *, key: str = "", due_at: datetime = NOW, **facts: object) -> Outbox:
    """A message waiting for the customer."""
    outgoing = Outgoing(
        key=key or f"test:{party.pk}",
        party=party.pk,
        source_record=party.source_records.get().pk,
        channel=Event.Channel.MAIL,
        purpose=Purpose.OFFERS,
        address=party.email,
        subject="Tea",
        body="Dear customer,\n\ntea.",
        due_at=due_at,
    )
    put_in_outbox([outgoing])
    Outbox.objects.filter(key=outgoing.key).update(**facts)
    return Outbox.objects.get(key=outgoing.key)
