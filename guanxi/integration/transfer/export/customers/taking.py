"""The customers that are taken out, with all that a file may say of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from guanxi.customer.fields import as_text, custom_fields
from guanxi.customer.models import CustomField, Identifier, Party, PartyTag, SourceRecord

AT_ONCE = 1_000
PLAIN = (
    "pk", "name", "latin_name", "kind", "email", "phone", "street", "city", "postcode", "country", "language",
    "born", "created_at", "custom",
)  # fmt: skip
READ = {
    "owner": "owner__name",
    "stage": "reading__stage",
    "tier": "reading__tier",
    "orders": "reading__orders",
    "last_order_at": "reading__last_order_at",
    "revenue_12_months": "reading__revenue_year",
    "expected_value_days": "reading__computation__horizon_days",
    "expected_value": "reading__expected_value",
    "expected_value_low_80": "reading__expected_value_low",
    "expected_value_high_80": "reading__expected_value_high",
    "churn": "reading__churn",
    "profit": "reading__profit",
    "profit_low_80": "reading__profit_low",
    "profit_high_80": "reading__profit_high",
    "lifetime": "reading__lifetime",
    "lifetime_low_80": "reading__lifetime_low",
    "lifetime_high_80": "reading__lifetime_high",
}


@dataclass(frozen=True)
class Taken:
    """One customer: golden fields (`plain`), computed ones (`read`), and lists with the golden value first."""

    plain: Mapping[str, Any]
    read: Mapping[str, Any]
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    company: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)


def taken(parties: QuerySet[Party], *, sensitive: bool) -> Iterator[Taken]:
    """The customers in the order of the query, a thousand at a time and in four queries for each thousand.

    sensitive: whether the company's sensitive fields may go out too.
    """
    customs = custom_fields(sensitive=sensitive)
    rows = parties.values(*PLAIN, *READ.values()).iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        yield from _completed(some, customs)


def _completed(rows: list[dict[str, Any]], customs: list[CustomField]) -> Iterator[Taken]:
    wanted = [row["pk"] for row in rows]
    pointers, tags, companies = _pointers(wanted), _tags(wanted), _companies(wanted)
    for row in rows:
        pk = row["pk"]
        yield Taken(
            plain={name: row[name] for name in PLAIN},
            read={name: row[path] for name, path in READ.items()},
            phones=_first(row["phone"], pointers[pk, Identifier.Kind.PHONE]),
            emails=_first(row["email"], pointers[pk, Identifier.Kind.EMAIL]),
            numbers=pointers[pk, Identifier.Kind.NUMBER],
            tags=tags[pk],
            company=companies.get(pk, ""),
            custom={each.label: as_text(row["custom"].get(each.key)) for each in customs},
        )


def _first(golden: str, values: list[str]) -> list[str]:
    return list(dict.fromkeys(value for value in (golden, *values) if value))


def _pointers(parties: list[int]) -> defaultdict[tuple[int, str], list[str]]:
    """Values by party and kind, in the order in which they became known."""
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    rows = Identifier.objects.filter(party__in=parties).order_by("pk").values_list("party_id", "kind", "value")
    for party, kind, value in rows:
        if value not in found[party, kind]:
            found[party, kind].append(value)
    return found


def _tags(parties: list[int]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = PartyTag.objects.filter(party__in=parties).order_by("tag__name").values_list("party_id", "tag__name")
    for party, name in rows:
        if name not in found[party]:
            found[party].append(name)
    return found


def _companies(parties: list[int]) -> dict[int, str]:
    """Where somebody works, as the latest source says."""
    said = SourceRecord.objects.filter(party__in=parties, fields__has_key="company").order_by("as_of", "pk")
    return dict(said.values_list("party_id", "fields__company"))
