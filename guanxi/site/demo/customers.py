"""The wholesaler's customers: real numbers and countries, invented names, a contact at every third firm."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from guanxi.customer.intake import Incoming
from guanxi.foundation.accounts.models import User
from guanxi.site.demo.names import SEED, Invention, invent
from guanxi.site.demo.places import BRITISH_CITIES, CITIES, STREETS

LINES = Path(__file__).parent / "data" / "online_retail.parquet"
NORTH = {"Leeds", "Sheffield", "Liverpool", "Manchester", "Newcastle upon Tyne", "Edinburgh", "Glasgow", "Belfast"}
TERRITORIES = {"north": ("rep", "rep2"), "south": ("rep3", "rep4"), "abroad": ("rep5",)}


@dataclass(frozen=True)
class Firm:
    """A customer number of the wholesaler with what we invented around it."""

    number: str
    country: str
    first_seen: date
    names: Invention
    city: str
    has_contact: bool
    consent: bool | None
    owner: str | None

    @property
    def email(self) -> str:
        return f"{self.names.mailbox}@k{self.number}.example"


def firms() -> list[Firm]:
    """Every customer number that occurs in the lines, by number."""
    found = duckdb.sql(
        "SELECT customer_id, mode(country), min(invoice_date)::date FROM read_parquet($1)"
        " WHERE customer_id IS NOT NULL GROUP BY customer_id ORDER BY customer_id",
        params=[str(LINES)],
    ).fetchall()
    return [_firm(*row) for row in found]


def _firm(number: str, country: str, first_seen: date) -> Firm:
    lot = random.Random(f"{SEED}:{number}:place")  # noqa: S311 (a fixed lot, not a secret)
    city = lot.choice(CITIES.get(country, ("",)))
    asked = lot.random()
    return Firm(
        number,
        country,
        first_seen,
        invent(number, country),
        city,
        has_contact=lot.random() < 1 / 3,
        consent=True if asked < 0.72 else False if asked < 0.8 else None,
        owner=lot.choice(TERRITORIES[_territory(country, city)]) if lot.random() < 0.9 else None,
    )


def _territory(country: str, city: str) -> str:
    if country != "United Kingdom":
        return "abroad"
    return "north" if city in NORTH else "south"


def incoming_firms(people: dict[str, User]) -> Iterator[Incoming]:
    """The firms as the wholesaler's own book would tell us about them."""
    for firm in firms():
        facts = _address(firm) | {"name": firm.names.firm, "email": firm.email, "number": firm.number}
        yield Incoming(
            external_id=firm.number,
            payload=facts | {"invented": "names, address, e-mail and telephone"},
            fields=facts | {"kind": "organisation", "language": firm.names.language},
            as_of=_morning(firm.first_seen),
            owner=people[firm.owner].pk if firm.owner else None,
        )


def incoming_contacts(people: dict[str, User]) -> Iterator[Incoming]:
    """The people one speaks to, each a party of their own."""
    for firm in firms():
        if firm.has_contact:
            facts = {"name": firm.names.person, "email": f"{firm.names.mailbox}.direct@k{firm.number}.example"}
            facts |= _birth(firm)
            yield Incoming(
                external_id=f"{firm.number}/contact",
                payload=facts | {"firm": firm.number, "invented": "everything"},
                fields=facts | {"kind": "person", "language": firm.names.language, "country": firm.country},
                as_of=_morning(firm.first_seen),
                roles=(),
                owner=people[firm.owner].pk if firm.owner else None,
            )


def _address(firm: Firm) -> dict[str, str]:
    lot = random.Random(f"{SEED}:{firm.number}:address")  # noqa: S311
    address = {"country": firm.country, "city": firm.city}
    if firm.city:
        address["street"] = f"{lot.randint(1, 180)} {lot.choice(STREETS)}"
    if firm.city in BRITISH_CITIES and lot.random() < 0.8:
        address["phone"] = f"{BRITISH_CITIES[firm.city]}{lot.randint(0, 999):03d}"
    return address


def _birth(firm: Firm) -> dict[str, str]:
    """Two of three contacts have told when they were born."""
    lot = random.Random(f"{SEED}:{firm.number}:born")  # noqa: S311
    day = date(1948, 1, 1) + timedelta(days=lot.randrange(45 * 365))
    return {"born": day.isoformat()} if lot.random() < 2 / 3 else {}


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
