"""The rows of one batch among themselves: whom an earlier row has brought that a later one may mean."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from guanxi.customer.intake import Read
from guanxi.customer.matching import Candidate, Likeness
from guanxi.customer.matching.judging import judge
from guanxi.customer.matching.suspects import SHARED_BY_MANY, Suspect

BESIDE = ("company", "city", "postcode")
SHOWN = ("name", "latin_name", "email", "phone", "street", "city", "postcode", "country", "kind")

Sign = tuple[str, str]


class Neighbours:
    """Rows already passed, found by an identifier, or by the name with the place or the company."""

    def __init__(self) -> None:
        self._by_sign: defaultdict[Sign, list[int]] = defaultdict(list)
        self._rows: dict[int, Read] = {}

    def add(self, place: int, candidate: Candidate, row: Read) -> None:
        """Let later rows meet this one."""
        self._rows[place] = row
        for sign in _signs(candidate, row):
            self._by_sign[sign].append(place)

    def like(self, candidate: Candidate, row: Read) -> Iterator[tuple[int, Likeness]]:
        """Earlier rows that it may mean. What very many rows have in common tells nothing."""
        met: defaultdict[int, set[Sign]] = defaultdict(set)
        for sign in _signs(candidate, row):
            places = self._by_sign.get(sign, ())
            if len(places) <= SHARED_BY_MANY:
                for place in places:
                    met[place].add(sign)
        for place, signs in met.items():
            suspect = Suspect(0, 0, 0, {sign for sign in signs if sign in candidate.identifiers})
            if likeness := judge(candidate, suspect, _known(self._rows[place])):
                yield place, likeness


def _signs(candidate: Candidate, row: Read) -> Iterator[Sign]:
    yield from candidate.identifiers
    for beside in BESIDE:
        if text := row.fields.get(beside):
            yield f"name, {beside}", f"{row.fields['name'].casefold()}|{text}"


def _known(row: Read) -> dict[str, Any]:
    company = row.fields.get("company")
    return {
        **{name: row.fields.get(name, "") for name in SHOWN},
        "companies": [company] if company else [],
        "oldest": 0,
    }
