"""How the record's own columns draw a customer's values."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guanxi.customer.listing.columns import Row, Showing
from guanxi.customer.models import Event, Party, Reading
from guanxi.customer.normal import written_phone
from guanxi.foundation.ui import formats, parts
from guanxi.foundation.ui.parts import UNKNOWN, html

NOTHING = SafeString("")
TONES = {Reading.Stage.DECLINE: "due", Reading.Stage.LOST: "bad", Reading.Stage.WON_BACK: "good"}
STRENGTHS = ("reading__strength_behaviour", "reading__strength_emotion", "reading__strength_time")
Cell = Callable[[Row, Showing], SafeString]


def stage(row: Row, shown: Showing) -> SafeString:
    key = row["reading__stage"]
    return parts.chip(str(Reading.Stage(key).label), TONES.get(key, "")) if key else UNKNOWN


def tier(row: Row, shown: Showing) -> SafeString:
    key = row["reading__tier"]
    return _text(str(Reading.Tier(key).label)) if key else UNKNOWN


def strength(row: Row, shown: Showing) -> SafeString:
    """The mean of the dimensions that are measured, and each of them."""
    scores = [row[path] for path in STRENGTHS]
    measured = [score for score in scores if score is not None]
    return parts.three(sum(measured) / len(measured), *scores) if scores[0] is not None else UNKNOWN


def trend(row: Row, shown: Showing) -> SafeString:
    return parts.sparkline(row["reading__monthly"]) if row["reading__monthly"] else NOTHING


def expected_value(row: Row, shown: Showing) -> SafeString:
    value = row["reading__expected_value"]
    return UNKNOWN if value is None else html(f"<b>{formats.number(value, 0)}</b>")


def whisker(row: Row, shown: Showing) -> SafeString:
    found = _interval(row)
    return parts.whisker(*found, 0, shown.scale) if found else NOTHING


def interval(row: Row, shown: Showing) -> SafeString:
    found = _interval(row)
    if found is None:
        return NOTHING
    _value, low, high = found
    return html(f'<span class="muted">{formats.number(low, 0)}–{formats.number(high, 0)}</span>')


def _interval(row: Row) -> tuple[float, float, float] | None:
    """Value, low and high end, which are computed together or not at all."""
    value, low, high = (row[f"reading__expected_value{end}"] for end in ("", "_low", "_high"))
    return None if value is None or low is None or high is None else (value, low, high)


def figure(path: str) -> Cell:
    """A cell that shows the whole number of one reading."""

    def cell(row: Row, shown: Showing) -> SafeString:
        return UNKNOWN if row[path] is None else _text(formats.number(row[path], 0))

    return cell


def estimate(path: str) -> Cell:
    """A cell that shows the whole number of one reading and its interval."""

    def cell(row: Row, shown: Showing) -> SafeString:
        value, low, high = (row[f"{path}{end}"] for end in ("", "_low", "_high"))
        if value is None:
            return UNKNOWN
        return html(f'{formats.number(value, 0)} <span class="muted">{parts.interval(low, high)}</span>')

    return cell


def share(path: str) -> Cell:
    """A cell that shows a share of one in percent."""

    def cell(row: Row, shown: Showing) -> SafeString:
        return UNKNOWN if row[path] is None else _text(formats.percent(row[path]))

    return cell


def last_order(row: Row, shown: Showing) -> SafeString:
    moment = row["reading__last_order_at"]
    return parts.days_ago(timezone.localtime(moment).date(), shown.today) if moment else UNKNOWN


def touched(row: Row, shown: Showing) -> SafeString:
    """The later of the last contact and the last order, and how it was."""
    contact, ordered = row["touched_at"], row["reading__last_order_at"]
    if contact and (ordered is None or contact >= ordered):
        channel = row["last_channel"]
        return _touch(contact, str(Event.Channel(channel).label) if channel else "", shown)
    return _touch(ordered, _("order"), shown) if ordered else UNKNOWN


def _touch(moment: datetime, how: str, shown: Showing) -> SafeString:
    when = parts.days_ago(timezone.localtime(moment).date(), shown.today)
    return html(f'{when} <span class="muted">{escape(how)}</span>')


def owner(row: Row, shown: Showing) -> SafeString:
    who = escape(row["owner__name"]) if row["owner__name"] else f'<span class="muted">{escape(_("nobody"))}</span>'
    if not shown.may_write:
        return html(f'<span class="in-place">{who}</span>')
    place = at_party("customer:owner", row["pk"])
    said = escape(_("Change who looks after %(name)s") % {"name": row["name"]})
    return in_place(who, place, place, said)


def in_place(value: str, page: str, form: str, said: str) -> SafeString:
    """A value with a pencil that opens the form beside it; without scripts it leads to the page."""
    pencil = (
        f'<a class="edit" href="{page}" data-edit hx-get="{form}" hx-target="closest .in-place" hx-swap="innerHTML"'
        f' aria-label="{said}">{parts.icon("edit", "small")}</a>'
    )
    return html(f'<span class="in-place">{value} {pencil}</span>')


def typed_over(said: str, row: Row, name: str, label: str) -> SafeString:
    """A field that is corrected where it stands."""
    page, cell = (at_party(f"customer:{each}", row["pk"], name) for each in ("field", "cell"))
    change = _("Correct %(field)s of %(name)s") % {"field": label, "name": row["name"]}
    return in_place(said, page, cell, escape(change))


def team(row: Row, shown: Showing) -> SafeString:
    return _text(row["team__name"]) if row["team__name"] else UNKNOWN


def email(row: Row, shown: Showing) -> SafeString:
    shown_as = escape(row["email"])
    return html(f'<a href="mailto:{shown_as}">{shown_as}</a>') if row["email"] else NOTHING


def phone(row: Row, shown: Showing) -> SafeString:
    if not row["phone"]:
        return NOTHING
    return html(f'<a href="tel:{escape(row["phone"])}">{escape(_dialled(row["phone"]))}</a>')


def created(row: Row, shown: Showing) -> SafeString:
    return _text(formats.day(row["created_at"]))


def born(row: Row, shown: Showing) -> SafeString:
    said = _text(formats.day(date.fromisoformat(row["born"]))) if row["born"] else NOTHING
    if not shown.may_write or row["kind"] != Party.Kind.PERSON:
        return said
    return typed_over(said, row, "born", _("Birth date"))


def kind(row: Row, shown: Showing) -> SafeString:
    return _text(str(Party.Kind(row["kind"]).label))


def text(path: str) -> Cell:
    """A cell that shows one text as it stands."""

    def cell(row: Row, shown: Showing) -> SafeString:
        return _text(row[path] or "")

    return cell


def _text(said: str) -> SafeString:
    return html(escape(said))


_dialled = lru_cache(maxsize=4096)(written_phone)


def at_party(url_name: str, party: int, *more: str) -> str:
    """The address of a customer's page: `reverse`, asked once for each name."""
    before, after = _around(url_name, *more)
    return f"{before}{party}{after}"


@lru_cache
def _around(url_name: str, *more: str) -> tuple[str, str]:
    before, _party, after = reverse(url_name, args=[0, *more]).partition("0")
    return before, after
