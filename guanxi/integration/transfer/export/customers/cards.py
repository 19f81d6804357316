"""Customers as vCard 3.0 (RFC 2426) or 4.0 (RFC 6350)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from guanxi.customer.models import Party
from guanxi.customer.normal import is_chinese
from guanxi.customer.normal.pinyin import surname
from guanxi.integration.transfer.export.customers.taking import Taken

LONGEST_LINE = 75  # octets
ESCAPES = {"\\": "\\\\", "\r\n": "\\n", "\n": "\\n", "\r": "\\n", ";": "\\;", ",": "\\,"}


def write_cards(path: Path, customers: Iterable[Taken], version: str) -> int:
    """A card for each customer; how many."""
    count = 0
    with path.open("wb") as file:
        for count, customer in enumerate(customers, start=1):  # noqa: B007 (the last number is the count)
            file.write(b"".join(folded(line) for line in card(customer, version)))
    return count


def card(customer: Taken, version: str) -> Iterator[str]:
    """The lines of one card, unfolded."""
    plain, is_firm = customer.plain, customer.plain["kind"] == Party.Kind.ORGANISATION
    yield from ("BEGIN:VCARD", f"VERSION:{version}", f"UID:urn:guanxi:customer:{plain['pk']}")
    if version == "4.0":
        yield "KIND:org" if is_firm else "KIND:individual"
    elif is_firm:
        yield "X-ABShowAs:COMPANY"
    yield f"FN:{escaped(plain['name'])}"
    yield "N:" + ";".join(map(escaped, _parts(plain["name"], is_firm=is_firm)))
    if company := plain["name"] if is_firm else customer.company:
        yield f"ORG:{escaped(company)}"
    for place, phone in enumerate(customer.phones):
        preferred = _preferred(version) if not place else ""
        yield f"TEL;VALUE=uri{preferred}:tel:{phone}" if version == "4.0" else f"TEL;TYPE=voice{preferred}:{phone}"
    for place, email in enumerate(customer.emails):
        kind = "" if version == "4.0" else ";TYPE=internet"
        yield f"EMAIL{kind}{_preferred(version) if not place else ''}:{escaped(email)}"
    address = ["", "", plain["street"], plain["city"], "", plain["postcode"], plain["country"]]
    if any(address):
        yield "ADR:" + ";".join(map(escaped, address))
    if born := plain["born"]:
        yield f"BDAY:{born.replace('-', '') if version == '4.0' else born}"
    if plain["language"] and version == "4.0":
        yield f"LANG:{escaped(plain['language'])}"
    if customer.tags:
        yield "CATEGORIES:" + ",".join(map(escaped, customer.tags))
    yield f"REV:{_moment(plain['created_at'])}"
    yield "END:VCARD"


def escaped(text: str) -> str:
    """A value in which no sign parts it."""
    for sign, written in ESCAPES.items():
        text = text.replace(sign, written)
    return text


def folded(line: str) -> bytes:
    """The line cut into pieces of at most 75 octets, never within a character."""
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode("utf-8", errors="replace")
        if len(piece) + len(octets) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def _preferred(version: str) -> str:
    return ";PREF=1" if version == "4.0" else ",pref"


def _parts(name: str, *, is_firm: bool) -> list[str]:
    """Family and given name: the family name stands first in Chinese names, last in others."""
    if is_firm:
        return ["", "", "", "", ""]
    if is_chinese(name):
        family = surname(name)
        return [family, name[len(family) :], "", "", ""]
    given, _blank, family = name.rpartition(" ")
    return [family, given, "", "", ""]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
