"""The small parts of pages that rows repeat: plain functions, called by template tags and by lists alike.

A list draws hundreds of them, and a template costs ten times what a function costs. Each answers finished HTML.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from html import escape

from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guanxi.foundation.ui import figures, formats
from guanxi.foundation.ui.icons import ICONS

Reading = int | float | Decimal
UNKNOWN = mark_safe('<span class="muted">–</span>')


class NoIcon(LookupError):
    """There is no icon of that name."""


def html(text: str) -> SafeString:
    """Finished HTML, in which everything that people typed has been escaped."""
    return mark_safe(text)  # noqa: S308


@lru_cache(maxsize=1024)
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon by its meaning; decorative unless it has a `label`. Raises NoIcon."""
    if name not in ICONS:
        raise NoIcon(f"There is no icon “{name}”; guanxi/foundation/ui/icons.py lists them.")
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    address = f"{static('bundle/icons.svg')}#{name}"
    return html(f'<svg class="icon {escape(size)}" {said}><use href="{address}"></use></svg>')


def chip(text: str, tone: figures.Tone | str = "", icon_name: str = "") -> SafeString:
    """A state in a word; `tone` is good, due, bad, info, role or quiet, and only repeats what the word says."""
    drawn = icon(icon_name) if icon_name else ""
    return html(f'<span class="chip {escape(tone)}">{drawn}{escape(text)}</span>')


def ago(value: date | datetime, now: datetime) -> SafeString:
    """How long before `now`, with the exact moment on hover."""
    if isinstance(value, datetime):
        return _time(value.isoformat(), formats.moment(value), formats.ago(value, now))
    return days_ago(value, timezone.localdate(now))


def days_ago(value: date, today: date) -> SafeString:
    """How long before `today`, with the exact day on hover."""
    return _days_ago(value, today, get_language())


@lru_cache(maxsize=4096)
def _days_ago(value: date, today: date, language: str | None) -> SafeString:
    """In the active language, which is `language`."""
    return _time(value.isoformat(), formats.day(value), formats.days_ago(value, today))


def _time(value: str, exact: str, ago: str) -> SafeString:
    return html(f'<time datetime="{value}" title="{exact}">{ago}</time>')


def interval(low: formats.Number, high: formats.Number, level: int = 80, digits: int = 0) -> str:
    """The interval as text: 80%: 39,400–58,100."""
    return _("%(level)s%%: %(range)s") % {"level": level, "range": formats.interval(low, high, digits)}


def whisker(
    estimate: Reading,
    low: Reading,
    high: Reading,
    lowest: Reading | None = None,
    highest: Reading | None = None,
    *,
    was: Reading | None = None,
    tone: str = "",
    level: int = 80,
) -> SafeString:
    """An interval as a picture. Give `lowest` and `highest` where several share one axis, as in a table."""
    middle, start, end, before = float(estimate), float(low), float(high), None if was is None else float(was)
    scale = figures.own_scale(middle, start, end, before)
    if lowest is not None and highest is not None:
        scale = (float(lowest), float(highest))
    w = figures.whisker(middle, start, end, scale, was=before)
    nil = "" if w.zero is None else f'<line class="zero" x1="{w.zero:g}" y1="0" x2="{w.zero:g}" y2="14"/>'
    past = "" if w.was is None else f'<rect class="was" x="{w.was:g}" y="2" width="1.5" height="10"/>'
    return html(
        f'<svg class="whisker {escape(tone)}" viewBox="0 0 {w.width:g} 14" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(interval(low, high, level))}"><line class="axis" x1="0" y1="7" x2="{w.width:g}" y2="7"/>'
        f'{nil}<rect class="span" x="{w.start:g}" y="4" width="{w.length:g}" height="6"/>'
        f'<rect class="mark" x="{w.mark:g}" y="1" width="2.5" height="12"/>{past}</svg>'
    )


def three(
    total: Reading | None, behaviour: Reading | None, emotion: Reading | None, time: Reading | None
) -> SafeString:
    """Relationship strength small enough for a table row; None leaves a bar empty."""
    unknown, *labels = _strength_words(get_language())
    scores = (behaviour, emotion, time)
    known = [unknown if score is None else formats.number(score, 0) for score in scores]
    said = ", ".join([f"{label} {score}" for label, score in zip(labels, known, strict=True)])
    bars = "".join([_bar(7 * i, None if score is None else round(score)) for i, score in enumerate(scores)])
    shown = UNKNOWN if total is None else formats.number(total, 0)
    picture = f'<svg viewBox="0 0 20 18" role="img" aria-label="{escape(said)}">{bars}</svg>'
    return html(f'<span class="three">{shown}{picture}</span>')


@lru_cache
def _strength_words(language: str | None) -> tuple[str, ...]:
    """In the active language, which is `language`."""
    return _("not known yet"), _("behaviour"), _("emotion"), _("time")


@lru_cache(maxsize=512)
def _bar(x: int, score: int | None) -> str:
    b = figures.bar(x, score)
    base = f'<rect class="base" x="{b.x}" y="0" width="5" height="18"/>'
    return f'{base}<rect class="{"weak" if b.weak else "of"}" x="{b.x}" y="{b.y:g}" width="5" height="{b.height:g}"/>'


def sparkline(values: Sequence[Reading], label: str = "") -> SafeString:
    """A course of values, oldest first; the last one is marked."""
    if not values:
        return UNKNOWN
    corners = figures.spark_points([float(value) for value in values])
    x, y = corners[-1]
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    points = " ".join(f"{across},{down}" for across, down in corners)
    drawn = f'<polyline points="{points}"/><circle cx="{x:g}" cy="{y:g}" r="2"/>'
    return html(f'<svg class="spark" viewBox="0 0 64 18" {said}>{drawn}</svg>')
