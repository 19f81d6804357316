"""The tags every company starts with."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from guanxi.insight.scores.figures import Figures, Flags
from guanxi.insight.tags.catalogue import ComputedTag, all_of, at_least, below, top
from guanxi.insight.tags.record import RECORD


def _overdue(f: Figures) -> Flags:
    return (f["since"] > f["late"]) & (f["since"] <= f["gone"]) & (f["days"] > 1)


def _due_soon(f: Figures) -> Flags:
    return (f["since"] >= 0.8 * f["cycle"]) & (f["since"] <= f["late"])


def _lapsed(f: Figures) -> Flags:
    return (f["since"] > f["gone"]) & (f["days"] > 1)


def _came_back(f: Figures) -> Flags:
    return (f["gap_longest"] > f["gone"]) & (f["returned_ago"] <= 180)


def _woke_up(f: Figures) -> Flags:
    return (f["gap_longest"] > f["late"]) & (f["returned_ago"] <= 30)


def _speeding_up(f: Figures) -> Flags:
    return (f["days_quarter"] >= 2) & (f["days_quarter"] >= 1.5 * f["days_quarter_expected"]) & (f["T"] >= 180)


def _one_large_order(f: Figures) -> Flags:
    return (f["days"] > 1) & (f["largest_day"] >= 0.5 * f["sales_year"]) & (f["largest_day"] >= 5 * f["mean_value"] / 2)


def _only_returns(f: Figures) -> Flags:
    return (f["days"] < 1) & (np.nan_to_num(f["returns"]) > 0)


RHYTHM = (
    ComputedTag(
        "overdue",
        _("Overdue"),
        _("Silent for longer than nine in ten of this customer's gaps, but not gone."),
        ("since", "cycle", "late", "gone"),
        _overdue,
    ),
    ComputedTag(
        "due_soon",
        _("Due soon"),
        _("At four fifths of the own cycle or past it, and not yet late."),
        ("since", "cycle", "late"),
        _due_soon,
    ),
    ComputedTag(
        "lapsed",
        _("Lapsed"),
        _("Bought more than once, and silent for longer than ninety-nine in a hundred gaps."),
        ("since", "gone"),
        _lapsed,
    ),
    ComputedTag(
        "came_back",
        _("Came back"),
        _("Returned within 180 days after a silence that usually means gone."),
        ("gap_longest", "gone", "returned_ago"),
        _came_back,
    ),
    ComputedTag(
        "woke_up",
        _("Woke up"),
        _("Bought within the last 30 days after a long silence."),
        ("gap_longest", "returned_ago"),
        _woke_up,
    ),
    ComputedTag(
        "clockwork",
        _("Like clockwork"),
        _("Buys at even distances: the silences spread by less than half."),
        ("cycle", "regularity"),
        below("regularity", 0.5),
    ),
    ComputedTag(
        "every_week",
        _("Weekly buyer"),
        _("The usual distance between purchases is at most ten days."),
        ("cycle",),
        below("cycle", 10.5),
    ),
    ComputedTag(
        "every_month",
        _("Buys in most months"),
        _("Bought in nine or more of the last twelve months."),
        ("active_months",),
        at_least("active_months", 9),
    ),
    ComputedTag(
        "speeding_up",
        _("Speeding up"),
        _("Half as many purchase days again, or more, as were to be expected in the last 90 days."),
        ("days_quarter", "days_quarter_expected"),
        _speeding_up,
    ),
)

TENURE = (
    ComputedTag(
        "new",
        _("New this month"),
        _("First bought within the last 30 days."),
        ("T",),
        all_of(below("T", 31), at_least("days", 1)),
    ),
    ComputedTag(
        "one_time", _("Bought once"), _("Has one purchase day so far."), ("days", "since"), lambda f: f["days"] == 1
    ),
    ComputedTag(
        "second_order",
        _("Second order placed"),
        _("Has exactly two purchase days, the last within 90 days."),
        ("days", "since"),
        lambda f: (f["days"] == 2) & (f["since"] <= 90),
    ),
    ComputedTag(
        "a_year_with_us",
        _("A year with us"),
        _("First bought a year or longer ago, and bought within the last 90 days."),
        ("T", "since"),
        all_of(at_least("T", 365), below("since", 91)),
    ),
    ComputedTag(
        "frequent",
        _("Among the most frequent"),
        _("Among the tenth of customers with most purchase days in the last 365."),
        ("days_year",),
        top("days_year", 0.1),
    ),
    ComputedTag(
        "silent_half_year",
        _("Silent for half a year"),
        _("Has not bought for 180 days or longer."),
        ("since",),
        at_least("since", 180),
    ),
    ComputedTag(
        "only_returns",
        _("Only returns"),
        _("Has returned goods, but no purchase of theirs is on record."),
        ("days", "revenue"),
        _only_returns,
    ),
)

VALUE = (
    ComputedTag(
        "high_value",
        _("High value"),
        _("Among the tenth of customers with the highest revenue of the last 365 days."),
        ("revenue_year",),
        top("revenue_year", 0.1),
    ),
    ComputedTag(
        "top_hundredth",
        _("Top hundredth"),
        _("Among the hundredth of customers with the highest revenue of the last 365 days."),
        ("revenue_year",),
        top("revenue_year", 0.01),
    ),
    ComputedTag(
        "growing",
        _("Growing"),
        _("Sales of the last 90 days are at least a quarter above what was to be expected."),
        ("sales_quarter", "quarter_expected", "growth"),
        at_least("growth", 0.25),
    ),
    ComputedTag(
        "falling",
        _("Falling"),
        _("Sales of the last 90 days are at least two fifths below what was to be expected."),
        ("sales_quarter", "quarter_expected", "growth"),
        lambda f: f["growth"] <= -0.4,
    ),
    ComputedTag(
        "big_order",
        _("Big orders"),
        _("Among the tenth of customers with the highest sales per purchase day."),
        ("mean_value",),
        top("mean_value", 0.1),
    ),
    ComputedTag(
        "one_large_order",
        _("One large order"),
        _("Half of the year's sales or more came on one day."),
        ("largest_day", "mean_value"),
        _one_large_order,
    ),
    ComputedTag(
        "big_basket",
        _("Wide basket"),
        _("Among the tenth of customers with most lines per purchase day."),
        ("width",),
        top("width", 0.1),
    ),
    ComputedTag(
        "narrow_basket",
        _("Narrow basket"),
        _("Three lines per purchase day or fewer, on at least three days."),
        ("width", "days"),
        all_of(below("width", 3.01), at_least("days", 3)),
    ),
)

HABITS = (
    ComputedTag(
        "weekend",
        _("Weekend buyer"),
        _("At least half of three or more purchase days fall on a Saturday or Sunday."),
        ("weekend_share", "days"),
        all_of(at_least("weekend_share", 0.5), at_least("days", 3)),
    ),
    ComputedTag(
        "month_end",
        _("Month-end buyer"),
        _("At least half of four or more purchase days fall on the 26th or later."),
        ("month_end_share", "days"),
        all_of(at_least("month_end_share", 0.5), at_least("days", 4)),
    ),
    ComputedTag(
        "christmas",
        _("Christmas buyer"),
        _("At least 60% of the year's sales fall between October and December."),
        ("autumn_share", "days_year"),
        all_of(at_least("autumn_share", 0.6), at_least("days_year", 2)),
    ),
    ComputedTag(
        "splits_orders",
        _("Splits orders"),
        _("On average one and a half orders or more per purchase day."),
        ("orders_per_day", "days"),
        all_of(at_least("orders_per_day", 1.5), at_least("days", 2)),
    ),
    ComputedTag(
        "returns_often",
        _("Returns often"),
        _("Has returned a fifth of sales or more."),
        ("returns_share", "revenue"),
        at_least("returns_share", 0.2),
    ),
    ComputedTag(
        "returned_lately",
        _("Returned goods lately"),
        _("Returned a fifth or more of the sales of the last 90 days."),
        ("returns_quarter_share", "sales_quarter"),
        at_least("returns_quarter_share", 0.2),
    ),
    ComputedTag(
        "never_returns",
        _("Never returns"),
        _("Five or more purchase days and nothing returned."),
        ("days", "returns_share"),
        lambda f: (f["days"] >= 5) & (f["returns"] == 0),
    ),
    ComputedTag(
        "evening",
        _("Evening buyer"),
        _("At least half of three or more purchase days begin at six in the evening or later."),
        ("evening_share", "days"),
        all_of(at_least("evening_share", 0.5), at_least("days", 3)),
    ),
    ComputedTag(
        "one_weekday",
        _("Buys on one weekday"),
        _("At least two thirds of five or more purchase days fall on the same weekday."),
        ("weekday_share", "days"),
        all_of(at_least("weekday_share", 2 / 3), at_least("days", 5)),
    ),
    ComputedTag(
        "basket_growing",
        _("Basket grows"),
        _("Half as many lines per purchase day again, or more, as in the 90 days before."),
        ("width_quarter", "width_before"),
        lambda f: f["width_quarter"] >= 1.5 * f["width_before"],
    ),
    ComputedTag(
        "basket_shrinking",
        _("Basket shrinks"),
        _("Three fifths of the lines per purchase day, or fewer, of the 90 days before."),
        ("width_quarter", "width_before"),
        lambda f: f["width_quarter"] <= 0.6 * f["width_before"],
    ),
)

RANGE = (
    ComputedTag(
        "wide_range",
        _("Wide range"),
        _("Among the tenth of customers with most different articles."),
        ("articles",),
        top("articles", 0.1),
    ),
    ComputedTag(
        "one_article",
        _("Lives on one article"),
        _("One article makes up four fifths of sales or more, on at least three purchase days."),
        ("top_share", "articles", "days"),
        all_of(at_least("top_share", 0.8), at_least("days", 3)),
    ),
    ComputedTag(
        "bargain",
        _("Bargain hunter"),
        _("At least half of the lines were bought a tenth or more below the article's usual price."),
        ("cheap_share", "articles", "days"),
        all_of(at_least("cheap_share", 0.5), at_least("days", 2)),
    ),
    ComputedTag(
        "bulk",
        _("Bulk buyer"),
        _("At least half of the lines are of five times the article's usual quantity or more."),
        ("bulk_share", "articles", "days"),
        all_of(at_least("bulk_share", 0.5), at_least("days", 2)),
    ),
)

STARTING = (*RHYTHM, *TENURE, *VALUE, *HABITS, *RANGE, *RECORD)
