from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from guanxi.customer.models import Identifier
from guanxi.customer.normal import country_code, plain_day, plain_email, plain_phone, plain_text, sort_key

TEXTS = ("name", "latin_name", "company", "street", "city", "postcode", "kind")
ADDRESSES = (Identifier.Kind.EMAIL.value, Identifier.Kind.PHONE.value)
CODES = (Identifier.Kind.CARD, Identifier.Kind.WECOM, Identifier.Kind.USCC, Identifier.Kind.NUMBER)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A customer at the door, in the one spelling in which records are kept.

    `fields` are golden fields and company; `identifiers` are (Identifier.Kind, value). A customer number counts only
    where the row says it, not where it is merely its source's own key. `party` is the customer that the row belongs to
    already, if any: nobody resembles himself. `sort_key` is that of the name.
    """

    fields: Mapping[str, str]
    sort_key: str
    identifiers: frozenset[tuple[str, str]] = frozenset()
    party: int | None = None

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Its e-mail and phone."""
        return {
            kind: min((value for what, value in self.identifiers if what == kind), default="") for kind in ADDRESSES
        }


def read_candidate(typed: Mapping[str, str], *, country: str, party: int | None = None) -> Candidate:
    """From fields as people type them. `country` (ISO 3166 alpha-2) reads phone numbers without a country code."""
    fields = {name: text for name in TEXTS if (text := plain_text(typed.get(name, "")))}
    said = country_code(typed.get("country", ""))
    if said:
        fields["country"] = said
    if born := plain_day(typed.get("born", "")):
        fields["born"] = born
    identifiers = {
        Identifier.Kind.EMAIL.value: plain_email(typed.get("email", "")),
        Identifier.Kind.PHONE.value: plain_phone(typed.get("phone", ""), said if len(said) == 2 else country),
        **{kind.value: plain_text(typed.get(kind, "")) for kind in CODES},
    }
    pointers = frozenset((kind, value) for kind, value in identifiers.items() if value)
    name = sort_key(fields.get("name", ""))
    return Candidate(fields=fields, sort_key=name, identifiers=pointers, party=party)
