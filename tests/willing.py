"""Customers who agreed to be written to."""

from guanxi.customer.models import Consent, Event, Party
from guanxi.customer.models.consent import Purpose
from tests.customer.incoming import SPRING, known


def willing(name: str, **fields: str) -> Party:
    """A customer with an address who agreed to offers by mail."""
    party = known(name, **{"email": f"{name.lower()}@example.com", **fields})
    record = party.source_records.get()
    for purpose in (Purpose.OFFERS, Purpose.RESEARCH):
        Consent.objects.create(
            party=party, source_record=record, purpose=purpose, channel=Event.Channel.MAIL, is_given=True, at=SPRING
        )
    return party
