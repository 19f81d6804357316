"""The overview's answers, from what the last refresh noted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Reading
from guanxi.foundation.accounts.models import User
from guanxi.foundation.ui import formats
from guanxi.insight.charts import Option, months, shares
from guanxi.insight.queries.freshness import facts_of


@dataclass(frozen=True)
class TierRow:
    """Customers and revenue of one tier, and their shares of all."""

    key: str
    name: str
    customers: int
    revenue: float
    of_customers: float
    of_revenue: float
    least: float | None  # what the last customer of the tier brought


@dataclass(frozen=True)
class MonthRow:
    """Net sales of a month, and of the same month (the same days, if it is partial) a year before."""

    month: date
    net: float
    last_year: float | None
    is_partial: bool


@dataclass(frozen=True)
class Sales:
    """Sales by month with its chart. `compared` are the months that have one a year before."""

    rows: list[MonthRow]
    anonymous: float
    chart: Option

    @property
    def last(self) -> MonthRow:
        return self.rows[-1]

    @property
    def best(self) -> MonthRow:
        return max(self.rows, key=lambda row: row.net)


@dataclass(frozen=True)
class Cohorts:
    """Who came back within 90 days, by month of the first purchase; `first` is censored by the history's start."""

    rows: list[dict[str, Any]]
    chart: Option

    @property
    def back(self) -> int:
        return sum(row["back"] for row in self.rows)

    @property
    def customers(self) -> int:
        return sum(row["customers"] for row in self.rows)

    @property
    def share(self) -> float:
        return self.back / self.customers


@dataclass(frozen=True)
class Overdue:
    """Customers tagged overdue whom this colleague may see, and what they brought in the last year."""

    customers: int
    revenue_year: float


def concentration() -> list[TierRow]:
    """Tiers, highest first; empty before the first refresh."""
    rows = facts_of("scores").get("concentration", [])
    customers, revenue = sum(row["customers"] for row in rows), sum(row["revenue"] for row in rows)
    if not customers or not revenue:
        return []
    return [
        TierRow(
            row["tier"],
            str(Reading.Tier(row["tier"]).label),
            row["customers"],
            row["revenue"],
            row["customers"] / customers,
            row["revenue"] / revenue,
            row.get("least"),
        )
        for row in rows
    ]


def sales() -> Sales | None:
    """Months, oldest first; the last one is partial unless the history ends with it."""
    facts = facts_of("months")
    known: dict[str, dict[str, Any]] = {row["month"]: row for row in facts.get("months", [])}
    if not known:
        return None
    rows = [_month(row, known, is_last=row["month"] == max(known)) for row in known.values()]
    drawn = [(formats.short_month(row.month), row.net, row.last_year) for row in rows]
    names = (_("net sales"), _("a year before"))
    return Sales(rows, sum(row["anonymous"] for row in known.values()), months(drawn, names))


def _month(row: dict[str, Any], known: dict[str, dict[str, Any]], *, is_last: bool) -> MonthRow:
    year, month = (int(part) for part in row["month"].split("-"))
    before = known.get(f"{year - 1}-{month:02d}")
    same = before["to_date" if is_last else "net"] if before else None
    return MonthRow(date(year, month, 1), row["net"], same, is_last)


def cohorts() -> Cohorts | None:
    """By month of the first purchase; None before 90 days of history."""
    told = facts_of("scores").get("cohorts", [])
    rows = [row | {"month": date.fromisoformat(f"{row['month']}-01")} for row in told]
    return Cohorts(rows, shares(rows, _("came back"))) if rows else None


def overdue(user: User) -> Overdue:
    """Counted in the readings, as far as the colleague may see."""
    found = Reading.objects.filter(tags__contains=["overdue"], party__in=visible_parties(user))
    total = found.aggregate(number=Count("pk"), revenue=Sum("revenue_year"))
    return Overdue(total["number"], total["revenue"] or 0.0)
