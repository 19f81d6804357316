"""How a customer is known, and to whom it is tied."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from guanxi.customer.access import covered
from guanxi.customer.models import Identifier, Party, PartyRole, Relationship, Source, SourceRecord
from guanxi.customer.normal import written_phone
from guanxi.customer.normal.masking import masked
from guanxi.customer.queries.naming import seen_of, somebody
from guanxi.foundation.accounts.models import User
from guanxi.foundation.rows import every, joined

# Every customer's page asks these, so they are written once.
RECORDS = """
    customer_sourcerecord JOIN customer_source ON customer_source.id = customer_sourcerecord.source_id
     WHERE customer_sourcerecord.party_id = %s ORDER BY customer_sourcerecord.id
"""
POINTING = """
    customer_identifier
      JOIN customer_sourcerecord ON customer_sourcerecord.id = customer_identifier.source_record_id
      JOIN customer_source ON customer_source.id = customer_sourcerecord.source_id
      LEFT JOIN accounts_user ON accounts_user.id = customer_identifier.verified_by_id
     WHERE customer_identifier.party_id = %s ORDER BY customer_identifier.kind, customer_identifier.id
"""
AT_HOME = f"""
    customer_relationship AS home
      JOIN customer_identifier ON customer_identifier.party_id = home.other_id
      JOIN customer_party ON customer_party.id = home.other_id
     WHERE home.party_id = %s AND home.kind = '{Relationship.Kind.HOUSEHOLD}' AND home.until IS NULL
"""
TIED = """
    customer_relationship
      JOIN customer_party ON customer_party.id IN (customer_relationship.party_id, customer_relationship.other_id)
           AND customer_party.id <> %s
     WHERE customer_relationship.party_id = %s OR customer_relationship.other_id = %s
"""
HELD = "WHERE party_id = %s AND since <= %s AND (until IS NULL OR until > %s) ORDER BY since, id"


@dataclass(frozen=True)
class Known:
    """An identifier with the records that say it: by source, and since when at least one does.

    `verified` is the row by which a colleague vouches for it, if one does; `typed` the row that a colleague typed in
    and can take back; `household` what the one that has it too is called before the reader.
    """

    pk: int
    kind: str
    label: str
    value: str
    sources: str
    since: datetime
    verified: Identifier | None = None
    typed: Identifier | None = None
    household: str = ""


@dataclass(frozen=True)
class Tie:
    """A relationship seen from one side. Of an other whom the reader may not see, only a masked name is told."""

    pk: int
    label: str
    other: Party
    name: str
    is_visible: bool
    title: str
    role: str
    since: date | None
    until: date | None


def records_of(party: Party) -> list[SourceRecord]:
    """The party's source records with their sources, the oldest first."""
    rows = joined((SourceRecord, Source), RECORDS, [party.pk])
    for record, source in rows:
        record.source = source
    return [record for record, _source in rows]


def source_identities(party: Party) -> list[tuple[str, str]]:
    """Under which (source, external id) the history knows the customer."""
    return list(SourceRecord.objects.filter(party=party).values_list("source__key", "external_id"))


def identifiers_of(party: Party, reader: User) -> list[Known]:
    """Each identifier once, however many sources say it."""
    said: dict[tuple[str, str], list[Identifier]] = {}
    for each, record, source, verifier in joined((Identifier, SourceRecord, Source, User), POINTING, [party.pk]):
        each.source_record, each.verified_by, record.source = record, verifier, source
        said.setdefault((each.kind, each.value), []).append(each)
    shared = _shared_at_home(party, reader)
    return [_known(each, shared.get(key, "")) for key, each in said.items()]


def _shared_at_home(party: Party, reader: User) -> dict[tuple[str, str], str]:
    """What the households of a person have too: it is everybody's there, and tells nobody from another."""
    rows = joined((Identifier, Party), AT_HOME, [party.pk])
    shared = {(each.kind, each.value): home for each, home in rows}
    seen = seen_of({each.pk for each in shared.values()}, reader) if shared else set()
    return {key: each.name if each.pk in seen else somebody() for key, each in shared.items()}


def _known(rows: list[Identifier], household: str) -> Known:
    first = rows[0]
    shown = written_phone(first.value) if first.kind == Identifier.Kind.PHONE else first.value
    sources = ", ".join(dict.fromkeys(each.source_record.source.name for each in rows))
    since = min(each.source_record.as_of for each in rows)
    verified = [each for each in rows if each.verified_at is not None]
    typed = [each for each in rows if each.source_record.source.key == Source.OWN]
    return Known(
        pk=first.pk,
        kind=first.kind,
        label=str(Identifier.Kind(first.kind).label),
        value=shown,
        sources=sources,
        since=since,
        verified=max(verified, key=lambda each: each.verified_at or each.source_record.as_of, default=None),
        typed=next((each for each in typed if each.source_record.fields.get(each.kind) != each.value), None),
        household=household,
    )


def companies_of(records: Iterable[SourceRecord]) -> list[tuple[str, SourceRecord]]:
    """Where a person works, as each source says it; each company once."""
    said: dict[str, SourceRecord] = {}
    for each in records:
        if company := each.fields.get("company"):
            said.setdefault(company, each)
    return list(said.items())


def roles_of(party: Party, day: date) -> list[str]:
    """What the party is to the company on this day."""
    held = every(PartyRole, HELD, [party.pk, day, day])
    return [str(PartyRole.Role(role).label) for role in dict.fromkeys(each.role for each in held)]


def ties_of(party: Party, reader: User) -> list[Tie]:
    """Relationships to others and from others, the lasting ones first; those whom the reader may not see are masked."""
    rows = joined((Relationship, Party), TIED, [party.pk] * 3)
    seen = covered(reader, "customer.read", {other.pk for _row, other in rows})
    ties = [_tie(row, other, is_ours=row.party_id == party.pk, is_visible=other.pk in seen) for row, other in rows]
    return sorted(ties, key=lambda tie: (tie.until is not None, tie.label, tie.other.sort_key))


def _tie(row: Relationship, other: Party, *, is_ours: bool, is_visible: bool) -> Tie:
    return Tie(
        pk=row.pk,
        label=str(Relationship.Kind(row.kind).label) if is_ours else _back()[row.kind],
        other=other,
        name=other.name if is_visible else masked(other.name),
        is_visible=is_visible,
        title=row.title,
        role=str(Relationship.Role(row.role).label) if row.role else "",
        since=row.since,
        until=row.until,
    )


def _back() -> dict[str, str]:
    """The same relationships, told from the other side."""
    return {
        Relationship.Kind.WORKS_AT: _("Employs"),
        Relationship.Kind.OWNS: _("Owned by"),
        Relationship.Kind.DEALER_OF: _("Has as dealer"),
        Relationship.Kind.SUBSIDIARY_OF: _("Has as subsidiary"),
        Relationship.Kind.HOUSEHOLD: _("Member"),
        Relationship.Kind.REFERRED_BY: _("Referred"),
    }
