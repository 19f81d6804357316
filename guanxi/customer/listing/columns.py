"""The columns of the list. Each is a small template that is given the party of its row."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column that can be chosen. `sort` is the order its heading asks for; `style` num, mid or nothing."""

    key: str
    label: str | Promise
    template: str
    sort: str = ""
    style: str = ""


_columns: dict[str, Column] = {}


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


STARTING = ("stage", "strength", "trend", "expected_value", "whisker", "interval", "touched", "owner")


def offer_own_columns() -> None:
    """Called once, when the app starts."""
    for key, label, sort, style in (
        ("stage", _("Stage"), "", ""),
        ("tier", _("Tier"), "", ""),
        ("strength", _("Strength"), "", ""),
        ("trend", _("12 months"), "", ""),
        ("expected_value", _("Value"), "expected_value", "num"),
        ("whisker", _("Interval"), "", "mid"),
        ("interval", _("80% interval"), "", "num"),
        ("revenue_year", _("Revenue"), "revenue_year", "num"),
        ("orders", _("Orders"), "", "num"),
        ("last_order", _("Last order"), "last_order", ""),
        ("touched", _("Last touch"), "touched", ""),
        ("owner", _("Owner"), "", ""),
        ("team", _("Team"), "", ""),
        ("email", _("E-mail"), "", ""),
        ("phone", _("Phone"), "", ""),
    ):
        offer(Column(key=key, label=label, sort=sort, style=style, template=f"customer/columns/_{key}.html"))
