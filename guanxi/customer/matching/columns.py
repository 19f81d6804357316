"""What one record says, as the columns that `guanxi.analytical.identity` compares."""

from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.customer.normal import (
    PersonName,
    company_brand,
    company_core,
    company_name,
    formal_given,
    is_chinese,
    person_name,
)
from guanxi.customer.normal.persons import family_readings, given_readings
from guanxi.customer.normal.places import plain_postcode, plain_town, street_and_house
from guanxi.customer.normal.sounds import sound

Columns = dict[str, Any]
CODES = ("card", "wecom", "uscc", "number")
SHORTEST_WORD = 3


def person_columns(name: str) -> Columns:
    """A person's name, taken apart."""
    return name_columns(person_name(name))


def name_columns(name: PersonName) -> Columns:
    """The same for a name that came in parts."""
    first = name.given if is_chinese(name.given) else name.given.partition(" ")[0]
    families, words = family_readings(name.family), {*name.given.split(), name.family}
    return {
        "family": name.family or None,
        "given": first or None,
        "family_keys": families,
        "given_keys": given_readings(name.given),
        "formal": formal_given(name.given) or None,
        "family_sound": (sound(name.family) if name.family.isascii() else "".join(families[:1])) or None,
        "words": sorted(word for word in words if len(word) >= SHORTEST_WORD and word.isascii()),
    }


def company_columns(name: str) -> Columns:
    """An organisation's name, whole, as it is called, and without its line of business."""
    return {
        "company": company_name(name) or None,
        "company_core": company_core(name) or None,
        "company_brand": company_brand(name) or None,
    }


def place_columns(fields: Mapping[str, str]) -> Columns:
    """Street, house, city and postcode of a record."""
    street, house = street_and_house(fields.get("street", ""))
    return {
        "street": street or None,
        "house": house or None,
        "city": plain_town(fields.get("city", "")) or None,
        "postcode": plain_postcode(fields.get("postcode", "")) or None,
    }


def pointer_columns(pointers: Iterable[tuple[str, str]]) -> Columns:
    """Identifiers as (kind, value), in their one spelling. A number that two kinds share stays apart by its kind."""
    found = sorted(pointers)
    return {
        "phones": [value for kind, value in found if kind == "phone"],
        "emails": [value for kind, value in found if kind == "email"],
        "codes": [f"{kind} {value}" for kind, value in found if kind in CODES],
    }
