"""The figures that tags are made of: how each is computed from the statistics, and what it is called."""

from dataclasses import dataclass

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guanxi.insight.scores.cycle import Rhythm
from guanxi.insight.scores.figures import Figures, Floats

COVERED = 365 + 90  # days of history that last year's quarter needs


@dataclass(frozen=True)
class Named:
    """A figure's name for people and its unit: money, days, share or count."""

    name: Promise
    unit: str


ARTICLES = ("articles", "top_share", "cheap_share", "bulk_share")
RECORD: dict[str, Named] = {
    "on_record": Named(_("Days on record"), "days"),
    "silence": Named(_("Days since the last contact"), "days"),
    "contacts": Named(_("Contacts, ever"), "count"),
    "contacts_year": Named(_("Contacts, last 365 days"), "count"),
    "colleagues": Named(_("Colleagues who had contact"), "count"),
    "owned": Named(_("Has an owner (1) or none (0)"), "count"),
    "phones": Named(_("Phone numbers"), "count"),
    "emails": Named(_("E-mail addresses"), "count"),
    "verified_emails": Named(_("Verified e-mail addresses"), "count"),
    "address_parts": Named(_("Known parts of the address, of four"), "count"),
    "abroad": Named(_("In another country than the company (1) or not (0)"), "count"),
    "sources": Named(_("Sources that know the customer"), "count"),
    "offers_agreed": Named(_("Channels on which offers were agreed to"), "count"),
    "offers_refused": Named(_("Channels on which offers were refused"), "count"),
    "last_failed": Named(_("The last message failed (1) or arrived (0)"), "count"),
    "contact_persons": Named(_("Known persons who work there"), "count"),
    "organisation": Named(_("Is an organisation (1) or not (0)"), "count"),
}
UNITS = {"money": _("money"), "days": _("days"), "share": _("share"), "count": _("number")}
NAMES: dict[str, Named] = {
    "days": Named(_("Purchase days, ever"), "count"),
    "days_year": Named(_("Purchase days, last 365 days"), "count"),
    "days_quarter": Named(_("Purchase days, last 90 days"), "count"),
    "days_quarter_expected": Named(_("Purchase days that were to be expected in the last 90 days"), "count"),
    "since": Named(_("Days since the last purchase"), "days"),
    "T": Named(_("Days since the first purchase"), "days"),
    "cycle": Named(_("Usual days between purchases"), "days"),
    "late": Named(_("Silence that is late for this customer"), "days"),
    "gone": Named(_("Silence that means gone for this customer"), "days"),
    "gap_longest": Named(_("Longest silence before coming back"), "days"),
    "returned_ago": Named(_("Days since coming back from it"), "days"),
    "revenue": Named(_("Revenue, ever"), "money"),
    "revenue_year": Named(_("Revenue, last 365 days"), "money"),
    "sales_quarter": Named(_("Sales, last 90 days"), "money"),
    "sales_quarter_before": Named(_("Sales, the 90 days before"), "money"),
    "quarter_expected": Named(_("Sales that were to be expected in the last 90 days"), "money"),
    "growth": Named(_("Change against what was to be expected"), "share"),
    "returns_share": Named(_("Share of sales returned"), "share"),
    "returns_quarter_share": Named(_("Share of sales returned, last 90 days"), "share"),
    "mean_value": Named(_("Sales per purchase day"), "money"),
    "largest_day": Named(_("Largest purchase day"), "money"),
    "width": Named(_("Lines per purchase day"), "count"),
    "weekend_share": Named(_("Share of purchase days at the weekend"), "share"),
    "month_end_share": Named(_("Share of purchase days from the 26th on"), "share"),
    "autumn_share": Named(_("Share of the year's sales from October to December"), "share"),
    "regularity": Named(_("Spread of the silences (0 is clockwork)"), "count"),
    "orders_per_day": Named(_("Orders per purchase day"), "count"),
    "evening_share": Named(_("Share of purchase days from six in the evening on"), "share"),
    "weekday_share": Named(_("Share of purchase days on the commonest weekday"), "share"),
    "width_quarter": Named(_("Lines per purchase day, last 90 days"), "count"),
    "width_before": Named(_("Lines per purchase day, the 90 days before"), "count"),
    "articles": Named(_("Different articles, ever"), "count"),
    "top_share": Named(_("Share of sales in one article"), "share"),
    "cheap_share": Named(_("Share of lines a tenth below the usual price"), "share"),
    "bulk_share": Named(_("Share of lines of five times the usual quantity"), "share"),
    "active_months": Named(_("Months with a purchase, of the last twelve"), "count"),
}


def derive(figures: Figures, rhythm: Rhythm) -> None:
    """Add the figures that are computed from others; a ratio without a base is nan, so no rule applies."""
    figures["cycle"], figures["late"], figures["gone"] = rhythm.cycle, rhythm.late, rhythm.gone
    figures["revenue"] = figures.net()
    figures["revenue_year"] = figures.net("_year")
    _expect(figures)
    figures["growth"] = _ratio(figures["sales_quarter"], figures["quarter_expected"]) - 1.0
    figures["returns_share"] = _ratio(figures["returns"], figures["sales"])
    figures["returns_quarter_share"] = _ratio(figures["returns_quarter"], figures["sales_quarter"])
    figures["width"] = _ratio(figures["lines"], figures["days"])
    figures["orders_per_day"] = _ratio(figures["orders"], figures["days"])
    figures["weekend_share"] = _ratio(figures["weekend_days"], figures["days"])
    figures["month_end_share"] = _ratio(figures["month_end_days"], figures["days"])
    figures["autumn_share"] = _ratio(figures["autumn_sales"], figures["sales_year"])
    figures["evening_share"] = _ratio(figures["evening_days"], figures["days"])
    figures["weekday_share"] = _ratio(figures["weekday_days"], figures["days"])
    figures["width_quarter"] = _ratio(figures["lines_quarter"], figures["days_quarter"])
    figures["width_before"] = _ratio(figures["lines_quarter_before"], figures["days_quarter_before"])
    figures["active_months"] = (figures.months > 0).sum(axis=1).astype(float)
    today = np.datetime64(figures.as_of, "D")
    figures["returned_ago"] = (today - figures.days("returned")).astype("timedelta64[D]").astype(float)
    figures["returned_ago"][np.isnat(figures.days("returned"))] = np.nan
    figures["regularity"] = _spread(figures)


def _expect(figures: Figures) -> None:
    """The quarter that was to be expected: the same days last year.

    Without a year and a quarter of history it is anything between the quarter before and the same moved as all
    customers together moved, so that a season is taken neither for growth nor for a fall.
    """
    first = figures.days("first")
    today = np.datetime64(figures.as_of, "D")
    known = first[~np.isnat(first)]
    by_last_year = bool(len(known)) and (today - known.min()).astype(int) >= COVERED
    for kind, name in (("sales", "quarter_expected"), ("days", "days_quarter_expected")):
        seen, before = figures[f"{kind}_quarter"], figures[f"{kind}_quarter_before"]
        moved = before * (seen.sum() / max(float(before.sum()), 1e-9))
        span = np.clip(seen, np.minimum(before, moved), np.maximum(before, moved))
        figures[name] = figures[f"{kind}_quarter_last_year"] if by_last_year else span
    figures["by_last_year"] = np.full(len(figures), float(by_last_year))


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0), dtype=np.float64)


def _spread(figures: Figures) -> Floats:
    """Standard deviation of the logarithms of the gaps; nan below three gaps."""
    n = np.nan_to_num(figures["gaps"])
    mean = _ratio(np.nan_to_num(figures["gap_log_sum"]), n)
    variance = _ratio(np.nan_to_num(figures["gap_log_squares"]) - n * mean**2, n - 1)
    return np.where(n >= 3, np.sqrt(np.maximum(variance, 0.0)), np.nan)
