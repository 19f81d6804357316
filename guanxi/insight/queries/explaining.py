"""A customer's own figures, as the last refresh left them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from guanxi.foundation.company.queries import current
from guanxi.foundation.duck import literal
from guanxi.foundation.ui import formats
from guanxi.insight.models import Refresh
from guanxi.insight.refresh.folder import Folder
from guanxi.insight.tags.figures import NAMES, RECORD

Figures = dict[str, Any]


def figures_of(party: int) -> Figures:
    """Every named figure of one party; empty when the files of the refresh are not on this machine."""
    folder = last_folder()
    return row_of(party, folder.record) | row_of(party, folder.figures) if folder else {}


def last_folder() -> Folder | None:
    """The files of the last published refresh."""
    published = Refresh.objects.exclude(published_at=None).order_by("-pk").first()
    return Folder.of(published) if published else None


def row_of(party: int, path: Path) -> Figures:
    """What a file of the refresh says of one party; empty when it says nothing, or is not on this machine."""
    if not path.exists():
        return {}
    with duckdb.connect() as database:
        found = database.execute(f"SELECT * FROM {literal(path)} WHERE party = ?", [party])
        names = [column[0] for column in found.description or []]
        row = found.fetchone()
    return dict(zip(names, row, strict=True)) if row else {}


def said(figures: Figures, names: Iterable[str]) -> list[tuple[str, str]]:
    """The figures' names and values in the reader's language; unknown ones are left out."""
    all_names = RECORD | NAMES
    known = [(all_names[name], figures[name]) for name in names if figures.get(name) is not None]
    return [(str(named.name), written(value, named.unit)) for named, value in known]


def written(value: float, unit: str) -> str:
    """A figure in its unit, one of those that `Named` knows."""
    if unit == "money":
        company = current()
        return formats.money(value, company.currency if company else "CNY")
    if unit == "share":
        return formats.percent(value)
    return formats.number(value, 0 if float(value).is_integer() or unit == "days" else 2)
