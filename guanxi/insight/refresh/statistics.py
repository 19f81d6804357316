"""From days to one row per party: all the figures that scores, tags, stages and models are computed from.

Money is in the company's currency; spans are in whole days before the as-of day, which itself counts.
"""

from collections.abc import Callable
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
from ibis import _

from guanxi.insight.refresh.days import money
from guanxi.insight.scores.figures import QUARTER

YEAR = 365
EVENING = 18  # o'clock


def statistics(days: ir.Table, as_of: date, kept: Callable[[ir.Table], ir.Table] = lambda rows: rows) -> ir.Table:
    """One row per party with a day up to `as_of`, from rows of `days_of_parties`.

    kept: works rows out at once, as `Piece.kept` does. The two halves in turn fit in memory where both at once do not.
    """
    known = days.filter(_.day <= as_of)
    sums = {**_ever(), **_lately(as_of), **_monthly(as_of), **_habits(as_of)}
    figures = kept(known.group_by("party").aggregate(**sums))
    rhythm = kept(_rhythm(known.filter(_.sales > 0)))
    joined = figures.left_join(rhythm, "party").drop("party_right")
    today = ibis.literal(as_of)
    return joined.mutate(
        frequency=ibis.greatest(_.days - 1, 0),
        recency=joined["last"].delta(joined["first"], unit="day").fill_null(0),
        T=today.delta(joined["first"], unit="day").fill_null(0),
        since=today.delta(joined["last"], unit="day"),
        mean_value=(_.sales / _.days.nullif(0)).fill_null(0.0),
    ).order_by("party")


def _ever() -> dict[str, ir.Value]:
    bought, log = _.sales > 0, _.sales.nullif(0.0).ln()
    return {
        "days": bought.sum(),
        "first": _.day.min(where=bought),
        "last": _.day.max(where=bought),
        "first_at": _.first_at.min(),
        "last_at": _.last_at.max(),
        "orders": _.orders.sum(),
        "sales": money(_.sales.sum()),
        "returns": money(_.returns.sum()),
        "lines": _.lines.sum(),
        "first_sales": _.sales.argmin(_.day, where=bought),
        "largest_day": _.sales.max(),
        "value_log_sum": log.sum().fill_null(0.0),
        "value_log_squares": (log * log).sum().fill_null(0.0),
    }


def _lately(as_of: date) -> dict[str, ir.Value]:
    """Sums over the last year, the last quarter, the quarter before, and the same quarter a year ago."""
    year, quarter = _span(as_of, YEAR), _span(as_of, QUARTER)
    before, a_year_ago = _span(as_of - timedelta(QUARTER), QUARTER), _span(as_of - timedelta(YEAR), QUARTER)
    return {
        "sales_year": _sum(_.sales, year),
        "returns_year": _sum(_.returns, year),
        "days_year": (year & (_.sales > 0)).sum(),
        "sales_quarter": _sum(_.sales, quarter),
        "returns_quarter": _sum(_.returns, quarter),
        "days_quarter": (quarter & (_.sales > 0)).sum(),
        "sales_quarter_before": _sum(_.sales, before),
        "days_quarter_before": (before & (_.sales > 0)).sum(),
        "lines_quarter": (quarter & (_.sales > 0)).ifelse(_.lines, 0).sum(),
        "lines_quarter_before": (before & (_.sales > 0)).ifelse(_.lines, 0).sum(),
        "sales_quarter_last_year": _sum(_.sales, a_year_ago),
        "days_quarter_last_year": (a_year_ago & (_.sales > 0)).sum(),
    }


def _monthly(as_of: date) -> dict[str, ir.Value]:
    """Revenue of the last twelve calendar months, the as-of month last: month_00 … month_11."""
    month = as_of.year * 12 + as_of.month - 1
    place = _.day.year() * 12 + _.day.month() - 1
    return {f"month_{number:02d}": _sum(_.sales - _.returns, place == month - 11 + number) for number in range(12)}


def _habits(as_of: date) -> dict[str, ir.Value]:
    bought = _.sales > 0
    return {
        "weekend_days": (bought & (_.day.day_of_week.index() >= 5)).sum(),
        "evening_days": (bought & (_.first_at.hour() >= EVENING)).sum(),
        "weekday_days": ibis.greatest(*((bought & (_.day.day_of_week.index() == day)).sum() for day in range(7))),
        "month_end_days": (bought & (_.day.day() >= 26)).sum(),
        "autumn_sales": _sum(_.sales, _.day.month().isin([10, 11, 12]) & _span(as_of, YEAR)),
    }


def _rhythm(purchases: ir.Table) -> ir.Table:
    """The gaps between purchase days, and the days on which a customer came for the second and the fourth time."""
    in_order = ibis.window(group_by="party", order_by="day")
    ranked = purchases.mutate(
        number=ibis.row_number().over(in_order), gap=_.day.delta(_.day.lag().over(in_order), unit="day")
    )
    log = _.gap.cast("float64").ln()
    later = 1_000_000 * _.gap + _.number  # of two silences alike the later one, whatever the engine
    return ranked.group_by("party").aggregate(
        second=_.day.min(where=_.number == 1),
        fourth=_.day.min(where=_.number == 3),
        gaps=_.gap.count(),
        gap_log_sum=log.sum().fill_null(0.0),
        gap_log_squares=(log * log).sum().fill_null(0.0),
        gap_longest=_.gap.max(),
        returned=_.day.argmax(later, where=_.gap.notnull()),
    )


def _span(end: date, days: int) -> ir.BooleanValue:
    """Whether a day lies within the `days` days up to and including `end`."""
    return (_.day > end - timedelta(days)) & (_.day <= end)


def _sum(amount: ir.NumericValue, where: ir.BooleanValue) -> ir.NumericValue:
    return money(amount.sum(where=where))
