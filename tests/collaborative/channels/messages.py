"""Customers who agreed to be written to, and messages waiting for them."""

from datetime import datetime

from guanxi.customer.models import Consent, Event, Outbox, Party
from guanxi.customer.models.consent import Purpose
from guanxi.customer.outbox import Outgoing, put_in_outbox
from tests.customer.incoming import SPRING, known
from tests.world import NOW


def willing(name: str, **fields: str) -> Party:
    """A customer with an address who agreed to offers by mail."""
    party = known(name, **{"email": f"{name.lower()}@example.com", **fields})
    record = party.source_records.get()
    for purpose in (Purpose.OFFERS, Purpose.RESEARCH):
        Consent.objects.create(
            party=party, source_record=record, purpose=purpose, channel=Event.Channel.MAIL, is_given=True, at=SPRING
        )
    return party


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
