"""What is to be done with the rows of a file: everything that turns cells into facts, in one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from guanxi.customer.access import holders
from guanxi.customer.normal import fold, plain_text
from guanxi.foundation.company.queries import current
from guanxi.integration.transfer.fields import Looks, fields_of
from guanxi.integration.transfer.models import Import


@dataclass(frozen=True)
class Plan:
    """`columns` gives the place of each mapped field, `further` those of a field's second and later columns; `zone` and
    `currency` are the company's; `phones_from` is the country of phone numbers without a country code, empty for the
    company's."""

    kind: str
    source: str
    header: tuple[str, ...]
    columns: Mapping[str, int]
    as_of: datetime
    decimal: str = "."
    dates: str = ""
    count_once: bool = False
    zone: str = "UTC"
    currency: str = "CNY"
    phones_from: str = ""
    delivery: str = ""  # the name under which the record knows what the import brings
    file_name: str = ""
    colleagues: Mapping[str, int] = field(default_factory=dict)  # by folded name and e-mail; where a column names them
    further: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    days: frozenset[str] = frozenset()  # mapped own fields that hold dates

    def has(self, key: str) -> bool:
        """Whether a column is mapped to the field."""
        return key in self.columns


def plan_of(import_: Import) -> Plan:
    """The plan of an import as its mapping and choices stand, in the company's zone and currency."""
    company = current()
    places = _places(import_.mapping)
    return Plan(
        kind=import_.kind,
        source=import_.source_key,
        header=tuple(import_.header),
        columns={key: found[0] for key, found in places.items()},
        further={key: found[1:] for key, found in places.items() if found[1:]},
        as_of=import_.uploaded_at,
        decimal=import_.choices.get("decimal", "."),
        dates=import_.choices.get("dates", ""),
        count_once=bool(import_.choices.get("count_once")),
        zone=company.timezone if company else "UTC",
        currency=company.currency if company else "CNY",
        phones_from=import_.choices.get("phones_from", ""),
        delivery=import_.delivery_label,
        file_name=import_.file_name,
        colleagues=_colleagues() if "owner" in places else {},
        days=frozenset(each.key for each in fields_of(import_.kind) if each.looks is Looks.DAY) & places.keys(),
    )


def _colleagues() -> dict[str, int]:
    """A name that two of them bear tells nothing."""
    found: dict[str, set[int]] = {}
    for pk, name, email in holders().values_list("pk", "name", "email"):
        for known_by in (name, email):
            found.setdefault(fold(plain_text(known_by)), set()).add(pk)
    return {known_by: min(who) for known_by, who in found.items() if len(who) == 1}


def _places(mapping: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """The columns of each field in the order of the file."""
    places: dict[str, tuple[int, ...]] = {}
    for place in sorted(map(int, mapping)):
        key = mapping[str(place)]
        places[key] = (*places.get(key, ()), place)
    return places
