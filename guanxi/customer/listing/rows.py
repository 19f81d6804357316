"""The rows of the list: the values they need, in one query, and their HTML."""

import math
from collections.abc import Iterable, Sequence
from contextlib import suppress
from html import escape
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guanxi.customer.listing.cells import at_party
from guanxi.customer.listing.columns import Column, Row, Showing
from guanxi.customer.listing.orders import sorting_paths
from guanxi.customer.models import Event, Party
from guanxi.customer.normal import country_name, is_chinese
from guanxi.foundation.given import figure
from guanxi.foundation.ui.parts import html

HEAD = ("pk", "name", "latin_name", "city", "country")
SUMMED = ("reading__expected_value", "reading__revenue_year")
HIGHEST = "reading__expected_value_high"


def row_queryset(parties: QuerySet[Party], columns: Sequence[Column], sort: str) -> QuerySet[Party, dict[str, Any]]:
    """What every row and these columns show of the parties, as {lookup: value}, in one query."""
    of_columns = (path for column in columns for path in column.needs)
    needs = dict.fromkeys([*HEAD, *SUMMED, *of_columns, *sorting_paths(sort)])
    if "last_channel" in needs:
        latest = Event.objects.filter(party=OuterRef("pk")).order_by("-at", "-id")
        parties = parties.annotate(last_channel=Subquery(latest.values("channel")[:1]))
    for column in columns:
        if column.computed:
            parties = parties.annotate(**column.computed())
    found: QuerySet[Party, dict[str, Any]] = parties.values(*needs)
    return found


def drawn(rows: Iterable[Row], columns: Sequence[Column], shown: Showing) -> SafeString:
    """The rows as they stand in the table's body."""
    cells = [(_opened(column), column.cell) for column in columns]
    select = escape(_("Select %(name)s"))
    lines = []
    for row in rows:
        drawn_cells = "".join([f"{opened}{cell(row, shown)}</td>" for opened, cell in cells])
        value, revenue = (row[path] or 0 for path in SUMMED)
        ticked = _box(row, select) if shown.may_write else ""
        lines.append(
            f'<tr data-row data-amount="{value:.2f}" data-revenue="{revenue:.2f}"><td class="check">{ticked}</td>\n'
            f'<th scope="row">{_head(row)}</th>\n{drawn_cells}</tr>'
        )
    return html("".join(lines))


def _opened(column: Column) -> str:
    """A cell's beginning; on a phone, where there are no headings, it says what it shows."""
    return f'<td class="{column.style}" data-label="{escape(str(column.label))}">'


def _box(row: Row, select: str) -> str:
    said = select % {"name": escape(row["name"])}
    return f'<input type="checkbox" name="party" value="{row["pk"]}" aria-label="{said}">'


def _head(row: Row) -> str:
    name, latin = row["name"], row["latin_name"]
    language = ' lang="zh"' if is_chinese(name) else ""
    link = f'<a class="name" href="{at_party("customer:customer", row["pk"])}"{language}>{escape(name)}</a>'
    spelt = f' <span class="soft">{escape(latin)}</span>' if latin not in ("", name) else ""
    place = ", ".join(part for part in (row["city"], country_name(row["country"])) if part)
    return f'{link}{spelt}<span class="sub">{escape(place)}</span>'


def shared_scale(rows: Iterable[Row], given: str) -> float:
    """The upper end of the axis all intervals of one list share: given by the page before, or a round figure."""
    with suppress(ValueError):
        return max(1.0, figure(given))
    highest = max((row.get(HIGHEST) or 0.0 for row in rows), default=0.0)
    if highest <= 0:
        return 1.0
    step = 10.0 ** math.floor(math.log10(highest))
    return math.ceil(highest / step * 2) / 2 * step
