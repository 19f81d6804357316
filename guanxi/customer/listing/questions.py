"""A question to the list, as it stands in the address: conditions, order, columns, search words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from guanxi.customer.filters import (
    AnyOf,
    Asked,
    Condition,
    as_text,
    bounded,
    customers_meeting,
    permitted,
    read_conditions,
    read_text,
    singly,
)
from guanxi.customer.listing.columns import STARTING, chosen
from guanxi.customer.listing.orders import DEFAULT, order_of
from guanxi.customer.models import Party, SavedView
from guanxi.customer.search import matching
from guanxi.foundation.accounts.models import User

Place = tuple[int, ...]  # of a condition: (2,), or (2, 0) as the first of a group


@dataclass(frozen=True)
class Question:
    """What a colleague asks the list for."""

    conditions: tuple[Asked, ...] = ()
    sort: str = DEFAULT
    columns: tuple[str, ...] = STARTING
    words: str = ""
    view: int | None = None

    def of(self, parties: QuerySet[Party], at: datetime) -> QuerySet[Party]:
        """The customers asked for."""
        found = customers_meeting(self.conditions, parties, at)
        return matching(found, self.words) if self.words else found

    def pairs(self) -> list[tuple[str, str]]:
        """The address's parameters, without those that say nothing new."""
        given = [("where", as_text(each)) for each in self.conditions]
        if self.words:
            given.append(("q", self.words))
        if self.sort != DEFAULT:
            given.append(("sort", self.sort))
        if self.columns != STARTING:
            given.append(("columns", ",".join(self.columns)))
        return given

    def address(self) -> str:
        return "?" + urlencode(self.pairs())

    def without(self, place: Place) -> "Question":
        """The same question without one of its conditions."""
        return self._with_at(place, [])

    def replacing(self, place: Place, condition: Condition) -> "Question":
        """The same question with one of its conditions replaced."""
        return self._with_at(place, [condition])

    def with_condition(self, condition: Condition) -> "Question":
        """The same question with one condition more."""
        return replace(self, conditions=(*self.conditions, condition), view=None)

    def with_choice(self, place: Place, condition: Condition) -> "Question":
        """The same question where, in place of the condition or group at `place`, this condition may be met too."""
        return self._put(place[0], [AnyOf((*singly(self.conditions[place[0]]), condition))])

    def _with_at(self, place: Place, instead: list[Condition]) -> "Question":
        outer, *inner = place
        held = self.conditions[outer]
        if not inner:
            return self._put(outer, instead)
        members = list(singly(held))
        members[inner[0] : inner[0] + 1] = instead
        return self._put(outer, [AnyOf(tuple(members))] if len(members) > 1 else members)

    def _put(self, outer: int, instead: Sequence[Asked]) -> "Question":
        kept = list(self.conditions)
        kept[outer : outer + 1] = instead
        return replace(self, conditions=tuple(kept), view=None)

    def holds(self, place: Place) -> bool:
        """Whether there is a condition at this place."""
        if not place or not 0 <= place[0] < len(self.conditions):
            return False
        return len(place) == 1 or (len(place) == 2 and 0 <= place[1] < len(singly(self.conditions[place[0]])))


def read_question(query: QueryDict, view: SavedView | None, by: User) -> Question:
    """The question in an address; a saved view answers for what the address leaves open.

    Raises BadCondition, also where `by` may not ask for that.
    """
    asked = _of_view(view) if view else Question()
    if "where" in query:
        asked = replace(asked, conditions=tuple(bounded(read_text(text) for text in query.getlist("where"))))
    permitted(asked.conditions, by)
    if "columns" in query:
        asked = replace(asked, columns=chosen(_split(query.getlist("columns"))))
    sort = str(query.get("sort", ""))
    if sort and order_of(sort):
        asked = replace(asked, sort=sort)
    return replace(asked, words=query.get("q", "").strip()[:100])


def _of_view(view: SavedView) -> Question:
    return Question(
        conditions=tuple(read_conditions(view.conditions)),
        sort=view.order or DEFAULT,
        columns=chosen(view.columns) if view.columns else STARTING,
        view=view.pk,
    )


def _split(given: Iterable[str]) -> list[str]:
    return [name for text in given for name in text.split(",") if name]
