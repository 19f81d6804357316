from datetime import datetime

from django.db import transaction

from guanxi.customer.actions.own_records import own_record
from guanxi.customer.models import Party, Registration
from guanxi.customer.timeline import Occurrence, record
from guanxi.customer.timeline.bonds import RegisteredAgain
from guanxi.foundation.accounts.models import User

LONGEST_NOTE = Registration._meta.get_field("note").max_length or 0


@transaction.atomic
def register_again(*, party: Party, by: User, at: datetime, became: str, note: str = "") -> Registration:
    """Keep that a colleague brought a customer who was known; its owner reads it on the timeline.

    `became` is refused, attached or review. Every attempt is a row: when each of them came is what a dispute is about.
    """
    own = own_record(party=party, at=at)
    said = note[:LONGEST_NOTE]
    kept = Registration.objects.create(source_record=own, party=party, by=by, at=at, is_first=False, note=said)
    what = RegisteredAgain(became=became, note=said)
    record(Occurrence(party=party.pk, source_record=own.pk, what=what, at=at, by=by))
    return kept
