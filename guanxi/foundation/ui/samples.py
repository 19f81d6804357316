"""Invented data for the style page: each component in every state it can be in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

NOW = datetime(2025, 11, 20, 10, 0, tzinfo=UTC)


def samples() -> dict[str, Any]:
    """One entry a component; see the templates `ui/_style_*.html`."""
    return {
        "now": NOW,
        "moments": [NOW - timedelta(minutes=48), NOW - timedelta(days=6), NOW + timedelta(days=2)],
        "consent_channels": [
            ("call", _("Phone")),
            ("mail", _("E-mail")),
            ("sms", _("Text message")),
            ("wecom", _("WeCom")),
        ],
        "consent_rows": [
            (_("Service"), ["given", "given", "given", "given"]),
            (_("Offers"), ["given", "given", "withdrawn", "given"]),
            (_("Research"), ["none", "given", "withdrawn", "none"]),
        ],
        "dial_changes": (4, -6, 2),
        "rows": _rows(),
        "entries": _entries(),
        "lanes": _lanes(),
        "steps": _steps(),
        "jobs": _jobs(),
        "chart": _chart(),
        "keys": [
            "today",
            "customers",
            "insight",
            "loop",
            "mail",
            "call",
            "promise",
            "order",
            "case",
            "score",
            "merge",
            "consent",
        ],
        "colours": ["paper", "sheet", "sunk", "ink", "ink-2", "ink-3", "rule", "seal-fill", "jade", "amber", "indigo"],
    }


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "name": "Harbour Hotels Ltd",
            "sub": "Manchester",
            "stage": _("Stability"),
            "tone": "",
            "total": 84,
            "scores": (91, 72, 88),
            "spark": [1, 2, 2, 4, 5, 6],
            "value": 212400,
            "low": 181000,
            "high": 246900,
        },
        {
            "name": "陈国华",
            "latin": "Guohua Chen",
            "sub": "华盛酒店用品",
            "stage": _("Decline"),
            "tone": "due",
            "total": 57,
            "scores": (49, 57, 71),
            "spark": [6, 5, 5, 3, 2, 1],
            "value": 88200,
            "low": 52400,
            "high": 127000,
        },
        {
            "name": "周涛",
            "latin": "Tao Zhou",
            "sub": "南山小馆",
            "stage": _("Won back"),
            "tone": "good",
            "total": 58,
            "scores": (62, 70, 44),
            "spark": [4, 2, 1, 1, 3, 4],
            "value": 22650,
            "low": 14200,
            "high": 32700,
        },
    ]


def _entries() -> list[dict[str, Any]]:
    return [
        {
            "at": NOW - timedelta(minutes=48),
            "when": "09:12",
            "icon": "wecom",
            "direction": "theirs",
            "title": _("Asked when the cups will come"),
            "aside": _("WeCom, to Lin Yue"),
            "text": "上次的骨瓷杯快用完了，这个月还能到货吗？",
            "amount": _("not answered"),
            "amount_tone": "due",
        },
        {
            "at": NOW - timedelta(days=9),
            "when": "11 Nov",
            "icon": "order",
            "direction": "ours",
            "title": _("Order SO-88213 delivered"),
            "aside": "ERP",
            "text": _("48 bone-china cups, 12 teapots"),
            "amount": "¥6,840",
            "amount_note": _("margin 31%"),
        },
    ]


def _lanes() -> list[dict[str, Any]]:
    return [
        {
            "id": "asked",
            "label": _("Asked"),
            "cards": [
                {"id": 1, "title": _("Second café, opening set"), "sum": "¥26,400"},
                {"id": 2, "title": _("Teapots for the spring"), "sum": "¥4,100"},
            ],
        },
        {
            "id": "quoted",
            "label": _("Quoted"),
            "cards": [{"id": 3, "title": _("Hotel breakfast range"), "sum": "¥88,000"}],
        },
        {"id": "lost", "label": _("Lost (refuses every card)"), "cards": []},
    ]


def _steps() -> list[dict[str, Any]]:
    return [
        {"label": _("File"), "done": True, "url": "#steps"},
        {"label": _("Columns"), "current": True},
        {"label": _("Preview")},
        {"label": _("Import")},
    ]


def _jobs() -> list[dict[str, Any]]:
    running = {
        "title": _("Importing orders.csv"),
        "state": _("running"),
        "share": 0.62,
        "done": 335_000,
        "total": 541_909,
        "rate": 8_120,
        "seconds_left": 25,
        "pause_url": "#",
    }
    return [running, {"title": _("Refresh"), "state": _("waiting"), "share": None, "resume_url": "#"}]


def _chart() -> dict[str, Any]:
    months = ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    return {
        "xAxis": {"type": "category", "data": months, "boundaryGap": False},
        "yAxis": {"type": "value"},
        "series": [
            {
                "type": "line",
                "name": "low",
                "data": [30, 32, 31, 36, 39, 44],
                "stack": "band",
                "lineStyle": {"opacity": 0},
            },
            {
                "type": "line",
                "name": "range",
                "data": [10, 10, 11, 11, 13, 14],
                "stack": "band",
                "lineStyle": {"opacity": 0},
                "areaStyle": {"color": "token:jade", "opacity": 0.18},
            },
            {"type": "line", "name": "orders", "data": [35, 37, 36, 42, 45, 51], "lineStyle": {"color": "token:jade"}},
        ],
    }
