"""How a customer is known, and to whom it is tied."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from guanxi.customer.models import Identifier, Party, PartyRole, Relationship, SourceRecord
from guanxi.customer.normal import written_phone


@dataclass(frozen=True)
class Known:
    """An identifier with the records that say it: by source, and since when at least one does."""

    label: str
    value: str
    sources: str
    since: datetime


@dataclass(frozen=True)
class Tie:
    """A relationship seen from one side."""

    label: str
    other: Party
    title: str
    since: date | None
    until: date | None


def records_of(party: Party) -> QuerySet[SourceRecord]:
    """The party's source records, the oldest first."""
    return SourceRecord.objects.filter(party=party).select_related("source").order_by("id")


def source_identities(party: Party) -> list[tuple[str, str]]:
    """Under which (source, external id) the history knows the customer."""
    return list(SourceRecord.objects.filter(party=party).values_list("source__key", "external_id"))


def identifiers_of(party: Party) -> list[Known]:
    """Each identifier once, however many sources say it."""
    said: dict[tuple[str, str], list[Identifier]] = {}
    rows = Identifier.objects.filter(party=party).select_related("source_record__source").order_by("kind", "id")
    for each in rows:
        said.setdefault((each.kind, each.value), []).append(each)
    return [_known(each) for each in said.values()]


def _known(rows: list[Identifier]) -> Known:
    first = rows[0]
    shown = written_phone(first.value) if first.kind == Identifier.Kind.PHONE else first.value
    sources = ", ".join(dict.fromkeys(each.source_record.source.name for each in rows))
    since = min(each.source_record.as_of for each in rows)
    return Known(str(Identifier.Kind(first.kind).label), shown, sources, since)


def companies_of(records: Iterable[SourceRecord]) -> list[tuple[str, SourceRecord]]:
    """Where a person works, as each source says it; each company once."""
    said: dict[str, SourceRecord] = {}
    for each in records:
        if company := each.fields.get("company"):
            said.setdefault(company, each)
    return list(said.items())


def roles_of(party: Party, day: date) -> list[str]:
    """What the party is to the company on this day."""
    lasting = Q(until__isnull=True) | Q(until__gt=day)
    held = PartyRole.objects.filter(lasting, party=party, since__lte=day).values_list("role", flat=True)
    return [str(PartyRole.Role(role).label) for role in dict.fromkeys(held.order_by("since", "id"))]


def ties_of(party: Party) -> list[Tie]:
    """Relationships to others and from others, the lasting ones first."""
    back = _back()
    rows = Relationship.objects.filter(Q(party=party) | Q(other=party)).select_related("party", "other")
    ties = [
        Tie(str(Relationship.Kind(each.kind).label), each.other, each.title, each.since, each.until)
        if each.party_id == party.pk
        else Tie(back[each.kind], each.party, each.title, each.since, each.until)
        for each in rows
    ]
    return sorted(ties, key=lambda tie: (tie.until is not None, tie.label, tie.other.sort_key))


def _back() -> dict[str, str]:
    """The same relationships, told from the other side."""
    return {
        Relationship.Kind.WORKS_AT: _("Employs"),
        Relationship.Kind.OWNS: _("Owned by"),
        Relationship.Kind.DEALER_OF: _("Has as dealer"),
        Relationship.Kind.SUBSIDIARY_OF: _("Has as subsidiary"),
        Relationship.Kind.HOUSEHOLD: _("Household of"),
        Relationship.Kind.REFERRED_BY: _("Referred"),
    }
