"""The rows of one batch among themselves: whom an earlier row has brought that a later one may mean."""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import Any

from guanxi.customer.intake import Read
from guanxi.customer.matching import Candidate, Likeness
from guanxi.customer.matching.judging import judge
from guanxi.customer.matching.suspects import SHARED_BY_MANY, Suspect

BESIDE = ("company", "city", "postcode", "born")
TELLING = ("company", "postcode", "born")  # beside a common name
SHOWN = ("name", "latin_name", "email", "phone", "street", "city", "postcode", "country", "kind", "born")

Sign = tuple[str, str]


class Neighbours:
    """Rows already passed, found by an identifier, or by the name with the place, the company or the birth date.

    `common` are names that tell nothing with a city alone.
    """

    def __init__(self, common: Set[str]) -> None:
        self._common = common
        self._by_sign: defaultdict[Sign, list[int]] = defaultdict(list)
        self._rows: dict[int, Read] = {}

    def signs(self, candidate: Candidate) -> list[Sign]:
        """What it may have in common with another row."""
        said = candidate.fields
        telling = TELLING if candidate.sort_key in self._common else BESIDE
        beside = [(name, text) for name in telling if (text := said.get(name))]
        return [
            *candidate.identifiers,
            *((f"name, {name}", f"{said['name'].casefold()}|{text}") for name, text in beside),
        ]

    def add(self, place: int, row: Read, signs: Sequence[Sign]) -> None:
        """Let later rows meet this one."""
        self._rows[place] = row
        for sign in signs:
            self._by_sign[sign].append(place)

    def like(self, candidate: Candidate, signs: Sequence[Sign]) -> Iterator[tuple[int, Likeness]]:
        """Earlier rows that it may mean. What very many rows have in common tells nothing."""
        met: defaultdict[int, set[Sign]] = defaultdict(set)
        for sign in signs:
            places = self._by_sign.get(sign, ())
            if len(places) <= SHARED_BY_MANY:
                for place in places:
                    met[place].add(sign)
        for place, shared in met.items():
            suspect = Suspect(0, 0, 0, {sign for sign in shared if sign in candidate.identifiers})
            if likeness := judge(candidate, suspect, _known(self._rows[place])):
                yield place, likeness


def _known(row: Read) -> dict[str, Any]:
    company = row.fields.get("company")
    return {
        **{name: row.fields.get(name, "") for name in SHOWN},
        "companies": [company] if company else [],
        "oldest": 0,
    }
