from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One customer as one source describes it.

    `payload` is kept verbatim. `fields` is what was read out of it: name, latin_name, kind (person, organisation,
    household), company (where a person works), email, phone, street, city, postcode, country, language, born (a birth
    date); and the identifiers number, card, wecom and uscc. `as_of` is when the source said so. `owner` is a user's id,
    taken when the customer has none yet. `phones_from` (ISO 3166 alpha-2) reads numbers without a country code where
    the row names no country; empty for the company's own. `further` are second and third phones and e-mail addresses
    as (field, text): they point at the customer like the first, which alone is golden.

    `offers` are answers to "may we send you offers?" by channel (a value of Event.Channel), with `proof` saying where
    they stand. `note` becomes a note on the timeline. `created_at` is since when the source knows the customer; None
    stands for the time of the intake. `unread` are cells besides that the sender could not read, as (field, text).
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
    offers: Mapping[str, bool] = field(default_factory=dict)
    proof: str = ""
    note: str = ""
    created_at: datetime | None = None
    unread: tuple[tuple[str, str], ...] = ()


class Status(StrEnum):
    CREATED = "created"
    JOINED = "joined"  # a new record of a customer known already
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Outcome:
    """What became of one incoming row. `reason` is a sentence; it also says what could not be read of a kept row.

    `possible_duplicates` are other parties whom it may mean too; `is_proposed` when the question went to the review.
    """

    status: Status
    party: int | None = None
    reason: str = ""
    possible_duplicates: tuple[int, ...] = ()
    is_proposed: bool = False
