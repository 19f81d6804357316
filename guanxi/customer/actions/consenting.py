from datetime import datetime

from django.db import transaction

from guanxi.customer.actions.own_records import own_record
from guanxi.customer.models import Consent, Event, Party, SourceRecord
from guanxi.customer.timeline import ConsentRecorded, Occurrence, record
from guanxi.foundation.accounts.models import User


@transaction.atomic
def record_consent(
    *,
    party: Party,
    purpose: str,
    channel: str,
    is_given: bool,
    at: datetime,
    by: User | None,
    proof: str,
    wording: str = "",
    source_record: SourceRecord | None = None,
) -> Consent:
    """Keep a customer's answer. The latest counts; a refusal of service messages means "do not contact me here".

    `proof` says where the answer was given, `wording` what was shown. Without a source record it hangs on our own.
    """
    heard = source_record or own_record(party=party, at=at)
    consent = Consent.objects.create(
        source_record=heard,
        party=party,
        purpose=purpose,
        channel=channel,
        is_given=is_given,
        at=at,
        by=by,
        proof=proof,
        wording=wording,
    )
    what = ConsentRecorded(purpose=purpose, channel=channel, is_given=is_given, proof=proof)
    told = Occurrence(
        party=party.pk,
        source_record=heard.pk,
        what=what,
        at=at,
        by=by,
        channel=channel,
        direction=Event.Direction.IN,
    )
    record(told)
    return consent
