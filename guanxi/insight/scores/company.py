"""Figures of the company as a whole: who brings the money, and how many come back."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from guanxi.analytical.shares import wilson
from guanxi.insight.scores.figures import Figures
from guanxi.insight.scores.tiers import UP_TO

WITHIN = 90  # days in which a second purchase counts as coming back
Z = 1.96  # 95 %


def concentration(tier: NDArray[Any], revenue_year: NDArray[np.float64]) -> list[dict[str, Any]]:
    """Customers and revenue of the last year by tier; least: what its last customer brought, None for an empty tier."""
    return [_tier(str(name), revenue_year[tier == str(name)]) for name, _share in UP_TO]


def _tier(name: str, revenue: NDArray[np.float64]) -> dict[str, Any]:
    least = float(revenue.min()) if len(revenue) else None
    return {"tier": name, "customers": len(revenue), "revenue": float(revenue.sum()), "least": least}


def cohorts(figures: Figures) -> list[dict[str, Any]]:
    """By month of the first purchase: customers, and the share who came back within 90 days, with its 95 % interval.

    Only cohorts who have had the 90 days; the interval is Wilson's.
    """
    first, second = figures.days("first"), figures.days("second")
    judged = ~np.isnat(first) & (first + WITHIN <= np.datetime64(figures.as_of, "D"))
    back = judged & ~np.isnat(second) & ((second - first).astype(float) <= WITHIN)
    month = first.astype("datetime64[M]")
    return [
        _cohort(str(each), int((judged & (month == each)).sum()), int((back & (month == each)).sum()))
        for each in np.unique(month[judged])
    ]


def _cohort(month: str, customers: int, back: int) -> dict[str, Any]:
    share = back / customers
    low, high = wilson(share, customers, Z)
    return {"month": month, "customers": customers, "back": back, "share": share, "low": low, "high": high}
