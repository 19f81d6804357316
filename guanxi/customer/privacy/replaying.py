"""After a backup was restored: whoever was erased since it was made is erased again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.models import Party, PrivacyRequest
from guanxi.customer.privacy import ledger
from guanxi.customer.privacy.keys import digests_of
from guanxi.customer.privacy.subject import Subject, subject_of
from guanxi.foundation.audit.actions import record as note


@transaction.atomic
def replay(*, at: datetime) -> list[int]:
    """Start the erasures of the ledger whose customers are here again; the requests' numbers.

    A customer is known by number and by a hash: numbers alone may have been given to somebody else since.
    """
    started = []
    for line in ledger.lines():
        for party in Party.objects.filter(pk__in=line["parties"], privacy_requests__started_at=None).distinct():
            subject = subject_of(party.pk)
            if set(digests_of(subject)) & set(line["digests"]):
                started.append(_start(party, subject, line, at).pk)
    return started


def _start(party: Party, subject: Subject, line: ledger.Line, at: datetime) -> PrivacyRequest:
    request = PrivacyRequest.objects.create(
        kind=PrivacyRequest.Kind.ERASURE,
        party=party,
        received_at=at,
        how=_("Erased before; a restored backup brought the customer back"),
        due_on=at.date(),
        checked_at=at,
        started_at=at,
        facts=line["facts"],
        rule=line.get("rule", ""),
        scope=subject.kept(),
    )
    note(verb="privacy.erasure_repeated", by=None, at=at, subject=f"privacy:{request.pk}")
    return request
