"""A question to the list, as it stands in the address: conditions, order, columns, search words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from guanxi.customer.filters import Condition, as_text, customers_meeting, read_conditions, read_text
from guanxi.customer.listing.columns import STARTING, chosen
from guanxi.customer.listing.orders import DEFAULT, order_of
from guanxi.customer.models import Party, SavedView
from guanxi.customer.search import matching


@dataclass(frozen=True)
class Question:
    """What a colleague asks the list for."""

    conditions: tuple[Condition, ...] = ()
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

    def without(self, number: int) -> "Question":
        """The same question without one of its conditions."""
        kept = (each for place, each in enumerate(self.conditions) if place != number)
        return replace(self, conditions=tuple(kept), view=None)

    def with_condition(self, condition: Condition, place: int | None) -> "Question":
        """The same question with one condition more, or one replaced."""
        conditions = list(self.conditions)
        if place is None or not 0 <= place < len(conditions):
            conditions.append(condition)
        else:
            conditions[place] = condition
        return replace(self, conditions=tuple(conditions), view=None)


def read_question(query: QueryDict, view: SavedView | None) -> Question:
    """The question in an address; a saved view answers for what the address leaves open. Raises BadCondition."""
    asked = _of_view(view) if view else Question()
    if "where" in query:
        asked = replace(asked, conditions=tuple(read_text(text) for text in query.getlist("where")))
    if "columns" in query:
        asked = replace(asked, columns=chosen(_split(query.getlist("columns"))))
    sort = str(query.get("sort", ""))
    if order_of(sort):
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
