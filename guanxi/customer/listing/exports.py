"""Customers as a CSV file: streamed, limited, and safe to open in a spreadsheet."""

import csv
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guanxi.customer.models import Party
from guanxi.foundation.ui import formats

MOST = 50_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
FIELDS = (
    ("id", "pk"),
    ("name", "name"),
    ("latin_name", "latin_name"),
    ("kind", "kind"),
    ("email", "email"),
    ("phone", "phone"),
    ("street", "street"),
    ("postcode", "postcode"),
    ("city", "city"),
    ("country", "country"),
    ("owner", "owner__name"),
    ("stage", "reading__stage"),
    ("tier", "reading__tier"),
    ("orders", "reading__orders"),
    ("last_order_at", "reading__last_order_at"),
    ("revenue_12_months", "reading__revenue_year"),
    ("expected_value_days", "reading__computation__horizon_days"),
    ("expected_value", "reading__expected_value"),
    ("expected_value_low_80", "reading__expected_value_low"),
    ("expected_value_high_80", "reading__expected_value_high"),
)


class _Line:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(parties: QuerySet[Party]) -> Iterator[str]:
    """A byte order mark for spreadsheets, the heading, and a line for each customer; ask `limit_said` first."""
    writer = csv.writer(_Line())
    yield "\ufeff"
    yield writer.writerow([name for name, _path in FIELDS])
    rows = parties.order_by("sort_key", "pk").values_list(*(path for _name, path in FIELDS))[:MOST]
    for row in rows:
        yield writer.writerow([neutral(value) for value in row])


def neutral(value: object) -> object:
    """A text that a spreadsheet would read as a formula gets an apostrophe in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def limit_said(parties: QuerySet[Party]) -> str:
    """Why these customers cannot be exported, said by the list and by the export; nothing when they are few enough."""
    if parties.order_by().values("pk")[: MOST + 1].count() <= MOST:
        return ""
    most = formats.number(MOST)
    return _("An export holds at most %(most)s customers, and these are more. Narrow the filter first.") % {
        "most": most
    }
