"""The columns of the list. Each says which values of a customer it needs, and draws its cell from them.

Cells are functions, because a page draws hundreds of them; what a list does not show is not read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

Row = Mapping[str, Any]  # lookup from Party → value, such as {"pk": 7, "reading__stage": "decline"}


@dataclass(frozen=True, kw_only=True)
class Showing:
    """What the rows of one list share: the reader's present, the upper end of the intervals' axis, what may be done."""

    now: datetime
    scale: float
    may_write: bool


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column that can be chosen. `needs` are lookups from Party, `cell` draws one row's cell as finished HTML.

    `sort` is the order its heading asks for; `style` num, mid or nothing.
    """

    key: str
    label: str | Promise
    needs: tuple[str, ...]
    cell: Callable[[Row, Showing], SafeString]
    sort: str = ""
    style: str = ""


_columns: dict[str, Column] = {}
STARTING = ("stage", "strength", "trend", "expected_value", "whisker", "interval", "touched", "owner")


def offer(column: Column) -> None:
    """Add a column to the chooser; the last one of a key counts."""
    _columns[column.key] = column


def columns() -> list[Column]:
    """All columns that can be chosen."""
    return list(_columns.values())


def column(key: str) -> Column:
    return _columns[key]


def chosen(keys: Iterable[str]) -> tuple[str, ...]:
    """Known keys in the order of the chooser; the starting ones when none is known."""
    wanted = set(keys)
    return tuple(key for key in _columns if key in wanted) or STARTING
