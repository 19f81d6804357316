"""What hangs on the invented customers: who works where, and who agreed to be written to."""

from guanxi.customer.models import Consent, ContactRule, Event, Relationship, Source, SourceRecord
from guanxi.customer.models.consent import Purpose
from guanxi.site.demo.customers import firms

WORDING = "May we write to you about offers by e-mail? (Invented for the demonstration.)"


def tie(source: Source) -> None:
    """Relationships and consents of all firms, in two statements."""
    for days, most in ((7, 1), (30, 3)):
        ContactRule.objects.get_or_create(purpose=Purpose.OFFERS, channel="", days=days, defaults={"most": most})
    records = {record.external_id: record for record in SourceRecord.objects.filter(source=source)}
    known = [(firm, records[firm.number]) for firm in firms()]
    Relationship.objects.bulk_create(
        (
            Relationship(
                source_record=records[f"{firm.number}/contact"],
                party_id=records[f"{firm.number}/contact"].party_id,
                other_record=record,
                other_id=record.party_id,
                kind=Relationship.Kind.WORKS_AT,
                since=firm.first_seen,
            )
            for firm, record in known
            if firm.has_contact
        ),
        ignore_conflicts=True,
    )
    if Consent.objects.filter(proof="invented").exists():
        return
    Consent.objects.bulk_create(
        Consent(
            source_record=record,
            party_id=record.party_id,
            purpose=Purpose.OFFERS,
            channel=Event.Channel.MAIL,
            is_given=firm.consent,
            at=record.as_of,
            wording=WORDING,
            proof="invented",
        )
        for firm, record in known
        if firm.consent is not None
    )
