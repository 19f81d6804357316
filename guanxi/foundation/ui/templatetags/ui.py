"""`{% load ui %}`: the components of the design system. The style page shows each of them in all its states."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guanxi.foundation.company.clock import now as company_now
from guanxi.foundation.ui import figures, formats, parts

register = template.Library()
Reading = parts.Reading
_CLOSING = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("day", formats.day)
register.filter("long_day", formats.long_day)
register.filter("clock", formats.clock)
register.filter("moment", formats.moment)
register.filter("month", formats.month)
register.filter("duration", formats.duration)
register.filter("file_size", formats.size)


@register.filter
def money(amount: formats.Number, currency: str) -> str:
    """`{{ line.amount|money:"GBP" }}`: the exact amount."""
    return formats.money(amount, currency)


@register.filter
def whole_money(amount: formats.Number, currency: str) -> str:
    """`{{ value|whole_money:"GBP" }}`: an estimate, without pence."""
    return formats.money(amount, currency, whole=True)


@register.filter
def to_json(value: object) -> SafeString:
    """JSON for a `<script type="application/json">`; nothing in it can end the element."""
    return mark_safe(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_CLOSING))  # noqa: S308


@register.filter
def initials(name: str) -> str:
    """What stands in an avatar: two capitals of a Latin name, the family name of a Chinese one."""
    words = name.split()
    if not words or not words[0].isascii():
        return name[:1]
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


@register.filter
def signed(value: formats.Number) -> str:
    """A change with its sign: +4, −6."""
    return ("+" if value > 0 else "") + formats.number(value)


@register.simple_tag(takes_context=True)
def ago(context: template.Context, value: date | datetime) -> SafeString:
    """How long ago by the company's clock, with the exact moment on hover."""
    return parts.ago(value, context["now"].astimezone() if "now" in context else company_now())


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon by its meaning; decorative unless it has a `label`."""
    try:
        return parts.icon(name, size, label)
    except parts.NoIcon as problem:
        raise template.TemplateSyntaxError(str(problem)) from problem


register.simple_tag(parts.chip)
register.simple_tag(parts.interval)
register.simple_tag(parts.whisker)
register.simple_tag(parts.three)
register.simple_tag(parts.sparkline)


@register.simple_tag
def key(name: str) -> SafeString:
    """A key printed on a button."""
    return format_html("<kbd>{}</kbd>", name)


@register.inclusion_tag("ui/_figure.html")
def figure(
    label: str,
    value: Reading | None,
    low: Reading | None = None,
    high: Reading | None = None,
    *,
    currency: str = "",
    unit: str = "",
    digits: int = 0,
    level: int = 80,
    was: Reading | None = None,
    note: str = "",
    tone: str = "",
    size: str = "",
    lowest: Reading | None = None,
    highest: Reading | None = None,
) -> dict[str, Any]:
    """One number under its label, with interval, whisker and a note on where it comes from."""
    shown = None if value is None else _shown(value, currency, digits)
    return {**locals(), "shown": shown, "has_interval": low is not None and high is not None}


def _shown(value: Reading, currency: str, digits: int) -> str:
    return formats.money(value, currency, whole=digits == 0) if currency else formats.number(value, digits)


@register.inclusion_tag("ui/_dial.html")
def dial(
    total: Reading | None,
    behaviour: Reading | None,
    emotion: Reading | None,
    time: Reading | None,
    changes: Sequence[Reading] = (0, 0, 0),
    *,
    compact: bool = False,
) -> dict[str, Any]:
    """Relationship strength: three rings of 0 to 100, outer to inner behaviour, emotion, time; None is not known."""
    names = [("behaviour", _("Behaviour"), behaviour), ("emotion", _("Emotion"), emotion), ("time", _("Time"), time)]
    rings = zip(names, (48, 40, 32), changes, strict=True)
    arcs = [
        figures.arc(key, label, None if score is None else float(score), radius, float(change))
        for (key, label, score), radius, change in rings
    ]
    return {"total": total, "arcs": arcs, "compact": compact}


@register.inclusion_tag("ui/_measure.html")
def measure(share: Reading, label: str, tone: str = "") -> dict[str, Any]:
    """A bar for a share of one; `label` says it in words."""
    return {"done": round(100 * min(1.0, max(0.0, float(share))), 1), "label": label, "tone": tone}


@register.inclusion_tag("ui/_progress.html")
def progress(job: Any) -> dict[str, Any]:
    """Long work: `job` has title, state, share (0–1 or None), done, total, rate, seconds_left, URLs to act on it."""
    return {"job": job}


@register.inclusion_tag("ui/_consent.html")
def consent_lights(channels: Sequence[Any], rows: Sequence[Any], proof: str = "") -> dict[str, Any]:
    """Channels as (icon, name); rows as (purpose, [given | none | withdrawn, …]) in the order of the channels."""
    states = {"given": _("given"), "none": _("not asked"), "withdrawn": _("withdrawn")}
    said = [(purpose, [(state, states[state]) for state in lights]) for purpose, lights in rows]
    return {"channels": channels, "rows": said, "proof": proof}


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField, style: str = "") -> dict[str, Any]:
    """One form field: label, control, help, error. `style` is is-row or short."""
    return {"field": bound, "style": style}


@register.inclusion_tag("ui/_sort.html", takes_context=True)
def sort_header(context: template.Context, name: str, label: str, style: str = "") -> dict[str, Any]:
    """A column heading that sorts by `name`; the address keeps every other parameter (`sort=-name` is descending)."""
    query: QueryDict = context["request"].GET.copy()
    now = str(query.get("sort") or context.get("default_sort") or "")
    query["sort"] = f"-{name}" if now == name else name
    query.pop("after", None)
    direction = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    return {"label": label, "style": style, "direction": direction, "address": "?" + query.urlencode()}


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """This page's query with some parameters changed; None or an empty value removes one."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_block_tag
def panel(content: str, title: str, aside: str = "", url: str = "", icon_name: str = "") -> SafeString:
    """A titled group: `{% panel title=_("Promises") aside=_("17 of 19 kept") %} … {% endpanel %}`."""
    drawn = icon(icon_name) if icon_name else ""
    shown = format_html('<a href="{}">{}</a>', url, aside) if url else format_html("<span>{}</span>", aside)
    head = format_html("<header><h2>{}{}</h2>{}</header>", drawn, title, shown if aside else "")
    return format_html('<section class="panel">{}{}</section>', head, content)


@register.simple_block_tag
def empty(content: str, title: str, icon_name: str = "list", level: int = 2) -> SafeString:
    """An empty state: what will be here, and in its body the next step."""
    head = format_html("{}<h{level}>{}</h{level}>", icon(icon_name), title, level=level)
    return format_html('<div class="empty">{}{}</div>', head, content)


@register.simple_block_tag
def notice(content: str, tone: str = "info") -> SafeString:
    """A sentence that stays on the page; `tone` is good, due, bad or info."""
    drawn = icon(tone if tone in {"good", "due", "bad"} else "info")
    return format_html('<div class="notice {}">{}<div>{}</div></div>', tone, drawn, content)


@register.simple_block_tag
def dialog(content: str, dialog_id: str, title: str, style: str = "") -> SafeString:
    """A dialog, opened by a button with `data-dialog="its id"`; closed by Escape, the cross or `data-close`."""
    close = format_html(
        '<button class="button plain square end" type="button" data-close aria-label="{}">{}</button>',
        _("Close"),
        icon("close"),
    )
    head = format_html('<header><h2 id="{0}-title">{1}</h2>{2}</header>', dialog_id, title, close)
    return format_html(
        '<dialog class="dialog {}" id="{}" aria-labelledby="{}-title">{}{}</dialog>',
        style,
        dialog_id,
        dialog_id,
        head,
        content,
    )
