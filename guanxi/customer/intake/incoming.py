from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One customer as one source describes it.

    `payload` is kept verbatim. `fields` is what was read out of it: name, latin_name, kind (person, organisation,
    household), company (where a person works), email, phone, street, city, postcode, country, language; and the
    identifiers number, card and wecom. `as_of` is when the source said so. `owner` is a user's id, taken when the
    customer has none yet. `phones_from` (ISO 3166 alpha-2) reads numbers without a country code where the row names
    no country; empty for the company's own. `further` are second and third phones and e-mail addresses as (field,
    text): they point at the customer like the first, which alone is golden.
    """

    external_id: str
    payload: Mapping[str, Any]
    fields: Mapping[str, str]
    as_of: datetime
    roles: tuple[str, ...] = ("customer",)
    tags: tuple[str, ...] = ()
    owner: int | None = None
    phones_from: str = ""
    further: tuple[tuple[str, str], ...] = ()


class Status(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Outcome:
    """What became of one incoming row. `reason` is a sentence; it also says what could not be read of a kept row.

    `possible_duplicates` are other parties that share an e-mail address, phone, card or customer number with it.
    """

    status: Status
    party: int | None = None
    reason: str = ""
    possible_duplicates: tuple[int, ...] = ()
