"""Which of the customers found comes first: the name itself, then names that start so, then initials, then the rest."""

from typing import Any

from django.db.models import F, QuerySet

from guanxi.customer.models import Party
from guanxi.customer.normal import fold, plain_text, simplified, sort_key
from guanxi.customer.search.matching import matching
from guanxi.foundation.accounts.models import User

ENOUGH = 120  # found by one way: one letter must not rank a million customers
SHOWN = ("pk", "kind", "name", "latin_name", "city", "country", "phone", "owner_id", "touched_at", "sort_key")
LAST_TOUCHED = (F("touched_at").desc(nulls_last=True), "pk")
Found = dict[str, Any]


def best(parties: QuerySet[Party], text: str, *, by: User, most: int) -> list[Found]:
    """The likeliest of `parties` for what `by` typed, as {field: value} of SHOWN; their own and the latest first.

    Three ways in, so that none hides behind a thousand others: who bears exactly this name, the colleague's own, and
    those that were touched last.
    """
    found = matching(parties, text)
    ways = (
        parties.filter(sort_key=sort_key(plain_text(text))).order_by("pk"),
        found.filter(owner=by).order_by(*LAST_TOUCHED),
        found.order_by(*LAST_TOUCHED),
    )
    rows = {row["pk"]: row for way in ways for row in way.values(*SHOWN)[:ENOUGH]}
    asked = fold(simplified(plain_text(text)))
    return sorted(rows.values(), key=lambda row: _rank(row, asked, by))[:most]


def _rank(row: Found, asked: str, by: User) -> tuple[Any, ...]:
    touched = row["touched_at"]
    return (_distance(row, asked), row["owner_id"] != by.pk, -touched.timestamp() if touched else 0.0, row["sort_key"])


def _distance(row: Found, asked: str) -> int:
    """0 the name itself, 1 it starts so, 2 its initials, 3 found by something else."""
    names = [fold(simplified(name)) for name in (row["name"], row["latin_name"]) if name]
    spellings = [*names, *(name.replace(" ", "") for name in names)]
    if asked in spellings:
        return 0
    if any(spelt.startswith(asked) for spelt in spellings):
        return 1
    said = (*names, row["sort_key"])  # a Chinese name in syllables, as it is most likely said
    initials = ("".join(word[0] for word in name.split()) for name in said)
    return 2 if any(each.startswith(asked) for each in initials) else 3
