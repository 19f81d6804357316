"""The one stream of a customer: what was typed or sent (database) and what was bought (history), by time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guanxi.customer import marks
from guanxi.customer.models import Event, Party
from guanxi.customer.queries.purchases import Purchase
from guanxi.customer.timeline import UnknownKind, WrongShape, read_facts, timeline_of
from guanxi.foundation.ui import formats

PURCHASES = "orders"


@dataclass(frozen=True)
class Entry:
    """One line of the stream, as `ui/_entry.html` draws it. `rank` orders what happened at the same moment."""

    at: datetime
    rank: tuple[int, str]
    icon: str
    title: str
    aside: str = ""
    text: str = ""
    evidence: str = ""
    direction: str = ""
    amount: str = ""
    amount_note: str = ""
    amount_tone: str = ""
    when: str = ""


@dataclass(frozen=True)
class Place:
    """How far the stream has been read: the last entry's moment and rank."""

    at: datetime
    rank: tuple[int, str]

    def written(self) -> str:
        return marks.written([self.at.isoformat(), *self.rank])


def read_place(text: str) -> Place | None:
    """The place in an address; None for the beginning, or when it cannot be read."""
    try:
        at, number, name = marks.read(text)
        return Place(marks.moment(at), (int(number), str(name)))
    except ValueError:
        return None


def stream(
    party: Party, orders: Iterable[Purchase], *, before: Place | None, channel: str | None, most: int
) -> tuple[list[Entry], Place | None]:
    """The next `most` entries before a place, newest first, and the place behind which there are more."""
    known = [] if channel == PURCHASES else _events(party, before, channel, most + 1)
    bought = map(_order_entry, orders) if channel in {None, PURCHASES} else iter(())
    older = [each for each in bought if before is None or (each.at, each.rank) < (before.at, before.rank)]
    merged = sorted([*map(_event_entry, known), *older], key=lambda each: (each.at, each.rank), reverse=True)
    shown = merged[:most]
    return shown, Place(shown[-1].at, shown[-1].rank) if len(merged) > most else None


def _events(party: Party, before: Place | None, channel: str | None, most: int) -> list[Event]:
    """Events rank above orders of the same moment, so after an order none of that moment is left."""
    border = (before.at, before.rank[0]) if before else None
    return timeline_of(party, before=border, channel=channel, most=most)


def _event_entry(event: Event) -> Entry:
    try:
        what = read_facts(event.kind, event.version, event.facts)
    except (UnknownKind, WrongShape):
        return Entry(event.at, (event.pk, ""), "event", event.kind, text=_("This version does not know such events."))
    said_by = event.by.name if event.by else ""
    via = str(Event.Channel(event.channel).label) if event.channel and not what.names_channel else ""
    return Entry(
        at=event.at,
        rank=(event.pk, ""),
        icon=what.icon,
        title=what.headline(),
        aside=", ".join(part for part in (via, said_by) if part),
        text=what.details(),
        direction={Event.Direction.OUT: "ours", Event.Direction.IN: "theirs"}.get(Event.Direction(event.direction), ""),
    )


def _order_entry(order: Purchase) -> Entry:
    words = {"number": order.order_id}
    items = ", ".join(f"{formats.number(quantity)} × {name}" for quantity, name in order.items)
    more = order.lines - len(order.items)
    return Entry(
        at=order.at,
        rank=(0, order.order_id),
        icon="return" if order.is_return else "order",
        title=_("Return %(number)s") % words if order.is_return else _("Order %(number)s") % words,
        aside=order.source_name,
        text=items + (_more_lines(more) if more > 0 else ""),
        amount=formats.money(order.amount, order.currency),
    )


def _more_lines(number: int) -> str:
    return ngettext(", and %(n)s more line", ", and %(n)s more lines", number) % {"n": number}


@dataclass(frozen=True)
class Day:
    """Entries under one heading: today and the days of this week by name, earlier ones by month."""

    label: str
    entries: list[Entry]


def by_day(entries: Iterable[Entry], today: date) -> Iterator[Day]:
    """Group a stream for reading."""
    for label, held in groupby(entries, key=lambda each: _heading(_local_day(each), today)):
        yield Day(label, [_timed(each, today) for each in held])


def _local_day(entry: Entry) -> date:
    return timezone.localtime(entry.at).date()


def _heading(day: date, today: date) -> str:
    if day == today:
        return _("Today, %(day)s") % {"day": formats.long_day(day)}
    if today - timedelta(days=7) < day < today:
        return formats.long_day(day)
    return formats.month(day)


def _timed(entry: Entry, today: date) -> Entry:
    recent = _local_day(entry) > today - timedelta(days=7)
    when = formats.clock(entry.at) if recent else formats.short_day(entry.at)
    return Entry(**{**entry.__dict__, "when": when})
