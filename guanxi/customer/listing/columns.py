"""The columns of the list. Each says which values of a customer it needs, and draws its cell from them.

Cells are functions, because a page draws hundreds of them; what a list does not show is not read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

Row = Mapping[str, Any]  # lookup from Party → value, such as {"pk": 7, "reading__stage": "decline"}


@dataclass(frozen=True, kw_only=True)
class Showing:
    """What the rows of one list share: the reader's day, the upper end of the intervals' axis, what may be done."""

    today: date
    scale: float
    may_write: bool


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column that can be chosen. `needs` are lookups from Party, `cell` draws one row's cell as finished HTML.

    `computed` answers the expressions behind those needs that are no fields of Party.
    `sort` is the order its heading asks for; `style` num, mid or nothing.
    """

    key: str
    label: str | Promise
    needs: tuple[str, ...]
    cell: Callable[[Row, Showing], SafeString]
    computed: Callable[[], Mapping[str, Any]] | None = None
    sort: str = ""
    style: str = ""


_columns: dict[str, Column] = {}
_sources: list[Callable[[], list[Column]]] = []
STARTING = ("stage", "strength", "trend", "expected_value", "whisker", "interval", "touched", "owner")


def offer(column: Column) -> None:
    """Add a column to the chooser; the last one of a key counts."""
    _columns[column.key] = column


def offer_source(source: Callable[[], list[Column]]) -> None:
    """Offer columns that change while the program runs; the source is asked whenever columns are."""
    _sources.append(source)


def columns() -> list[Column]:
    """All columns that can be chosen; those of sources last."""
    return [*_columns.values(), *(each for source in _sources for each in source())]


def shown_columns(keys: Iterable[str]) -> list[Column]:
    """The columns of these keys; one that is not offered any more is left out."""
    wanted = list(keys)
    known = _columns if all(key in _columns for key in wanted) else {each.key: each for each in columns()}
    return [known[key] for key in wanted if key in known]


def chosen(keys: Iterable[str]) -> tuple[str, ...]:
    """Known keys in the order of the chooser; the starting ones when none is known."""
    wanted = set(keys)
    return tuple(each.key for each in columns() if each.key in wanted) or STARTING
