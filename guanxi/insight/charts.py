"""The options of insight's charts, for <gx-chart>: colours are tokens, so they follow the theme."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from guanxi.foundation.ui import formats

Option = dict[str, Any]
GRID = {"left": 8, "right": 24, "top": 32, "bottom": 24, "containLabel": True}


def course(looks: Sequence[dict[str, float]]) -> Option:
    """The increment per customer by day, with the band of its confidence sequence and a line at nil."""
    days = [f"{look['day']:.0f}" for look in looks]
    return {
        "grid": GRID,
        "xAxis": {"type": "category", "data": days, "boundaryGap": False} | _named(_("day")),
        "yAxis": {"type": "value", "scale": True},
        "series": [
            *_band([look["low"] for look in looks], [look["high"] for look in looks]),
            {
                "type": "line",
                "name": _("Difference"),
                "data": [round(look["estimate"], 2) for look in looks],
                "lineStyle": {"color": "token:ink"},
                "itemStyle": {"color": "token:ink"},
                "showSymbol": len(looks) == 1,
                "symbol": "circle",
                "markLine": {"silent": True, "symbol": "none", "label": {"show": False}, "data": [{"yAxis": 0}]},
            },
        ],
    }


def _band(lows: Sequence[float], highs: Sequence[float]) -> list[Option]:
    """Two stacked areas, the lower one unseen. They may lie on different sides of nil."""
    shared = {"type": "line", "stack": "band", "stackStrategy": "all", "lineStyle": {"opacity": 0}, "silent": True}
    return [
        {**shared, "name": _("95% from"), "data": [round(low, 2) for low in lows], "tooltip": {"show": False}},
        {
            **shared,
            "name": _("95% interval"),
            "data": [round(high - low, 2) for low, high in zip(lows, highs, strict=True)],
            "areaStyle": {"color": "token:ink-3", "opacity": 0.25},
            "tooltip": {"show": False},
        },
    ]


def calibration(bins: Sequence[dict[str, float]]) -> Option:
    """What was expected of ten groups of customers, and what came."""
    groups = [str(number + 1) for number in range(len(bins))]
    return {
        "legend": {},
        "grid": GRID,
        "xAxis": {"type": "category", "data": groups} | _named(_("tenth of customers, by forecast")),
        "yAxis": {"type": "value"},
        "series": [
            _bars(_("forecast"), [each["forecast"] for each in bins], "token:ink-3"),
            _bars(_("came"), [each["actual"] for each in bins], "token:ink"),
        ],
    }


def told_and_happened(curve: Sequence[dict[str, float]]) -> Option:
    """Rows in tenths by the chance told: beside it the share to whom it happened with its interval, in percent.

    A calibrated chance lies on the diagonal.
    """
    points = [
        {name: round(100 * point[name], 2) for name in ("predicted", "observed", "low", "high")} for point in curve
    ]
    most = max((max(point["predicted"], point["high"]) for point in points), default=100.0)
    whiskers = [_segment([point["predicted"], point["low"]], [point["predicted"], point["high"]]) for point in points]
    line = {
        "type": "line",
        "name": _("happened"),
        "data": [[point["predicted"], point["observed"]] for point in points],
        "lineStyle": {"color": "token:ink"},
        "itemStyle": {"color": "token:ink"},
        "symbol": "circle",
    }
    percent = {"type": "value", "min": 0, "axisLabel": {"formatter": "{value}%"}}
    return {
        "grid": GRID,
        "xAxis": percent | _named(_("chance told")),
        "yAxis": percent,
        "series": [_segment([0, 0], [most, most], "dashed"), *whiskers, line],
    }


def _segment(start: list[float], end: list[float], kind: str = "solid") -> Option:
    """A thin straight line from one point to another."""
    return {
        "type": "line",
        "data": [start, end],
        "symbol": "none",
        "silent": True,
        "tooltip": {"show": False},
        "lineStyle": {"color": "token:ink-3", "width": 1, "type": kind},
    }


def months(rows: Sequence[tuple[str, float, float | None]], names: tuple[str, str]) -> Option:
    """Sales by month beside the same month a year before, where known."""
    return {
        "legend": {},
        "xAxis": {"type": "category", "data": [row[0] for row in rows]},
        "yAxis": {"type": "value"},
        "series": [
            _bars(names[1], [row[2] for row in rows], "token:ink-3"),
            _bars(names[0], [row[1] for row in rows], "token:ink"),
        ],
    }


def shares(rows: Sequence[dict[str, Any]], name: str) -> Option:
    """A share by month in percent, with its interval."""
    return {
        "xAxis": {
            "type": "category",
            "data": [formats.short_month(row["month"]) for row in rows],
            "boundaryGap": False,
            "axisLabel": {"alignMaxLabel": "right"},
        },
        "yAxis": {"type": "value", "min": 0, "axisLabel": {"formatter": "{value}%"}},
        "series": [
            *_band([100 * row["low"] for row in rows], [100 * row["high"] for row in rows]),
            {
                "type": "line",
                "name": name,
                "data": [round(100 * row["share"], 1) for row in rows],
                "lineStyle": {"color": "token:ink"},
                "itemStyle": {"color": "token:ink"},
            },
        ],
    }


def _bars(name: str, values: Sequence[float | None], colour: str) -> Option:
    shown = [None if value is None else round(value, 2) for value in values]
    return {"type": "bar", "name": name, "data": shown, "itemStyle": {"color": colour}}


def _named(name: str) -> Option:
    """An axis with its name below it."""
    return {"name": name, "nameLocation": "middle", "nameGap": 28}
