"""The one stream of a customer: what was typed or sent (database) and what was bought (history), by time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guanxi.customer import marks
from guanxi.customer.models import Event, Party
from guanxi.customer.queries.naming import told
from guanxi.customer.queries.purchases import Purchase, purchases
from guanxi.customer.timeline import Happening, pinned_events, timeline_of
from guanxi.foundation.accounts.models import User
from guanxi.foundation.ui import formats

PURCHASES = "orders"
TYPED = ("customer.note_written", "customer.call_logged", "customer.meeting_held")  # what its writer may take back


@dataclass(frozen=True)
class Entry:
    """One line of the stream, as `ui/_entry.html` draws it. `rank` orders what happened at the same moment.

    `event` is its number where something can be done with it; `struck` says who took it back and why.
    """

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
    event: int = 0
    pinned: bool = False
    struck: str = ""
    may_strike: bool = False


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


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What of the stream is asked for: a channel (or PURCHASES, or everything), and words that must occur."""

    channel: str | None = None
    text: str = ""


def stream(
    party: Party, reader: User, wish: Wish, *, before: Place | None, most: int
) -> tuple[list[Entry], Place | None]:
    """The next `most` entries before a place, newest first, and the place behind which there are more."""
    events = [] if wish.channel == PURCHASES else _events(party, before, wish, most + 1)
    bought = _orders(party, before, wish, most + 1) if wish.channel in {None, PURCHASES} else []
    entries = [*_event_entries(events, reader), *map(_order_entry, bought)]
    merged = sorted(entries, key=lambda each: (each.at, each.rank), reverse=True)
    shown = merged[:most]
    return shown, Place(shown[-1].at, shown[-1].rank) if len(merged) > most else None


def pinned(party: Party, reader: User) -> list[Entry]:
    """The entries that stay on top, the last pinned first."""
    return _event_entries(pinned_events(party), reader)


def _events(party: Party, before: Place | None, wish: Wish, most: int) -> list[Event]:
    """Events rank above orders of the same moment, so after an order none of that moment is left."""
    border = (before.at, before.rank[0]) if before else None
    return timeline_of(party, before=border, channel=wish.channel, text=wish.text, most=most)


def _orders(party: Party, before: Place | None, wish: Wish, most: int) -> list[Purchase]:
    """After an event, all orders of its moment are still to come."""
    border = (before.at, before.rank[1] or None) if before else None
    return purchases(party, most=most, before=border, text=wish.text)


def _event_entries(events: Sequence[Event], reader: User) -> list[Entry]:
    said = told(events, reader)
    return [_event_entry(each, said[each.pk], reader) for each in events]


def _event_entry(event: Event, what: Happening | None, reader: User) -> Entry:
    if what is None:
        return Entry(event.at, (event.pk, ""), "event", event.kind, text=_("This version does not know such events."))
    said_by = event.by.name if event.by else ""
    via = str(Event.Channel(event.channel).label) if event.channel and not what.names_channel else ""
    striking = getattr(event, "striking", None)
    return Entry(
        at=event.at,
        rank=(event.pk, ""),
        icon=what.icon,
        title=what.headline(),
        aside=", ".join(part for part in (via, said_by) if part),
        text=what.details(),
        direction={Event.Direction.OUT: "ours", Event.Direction.IN: "theirs"}.get(Event.Direction(event.direction), ""),
        event=event.pk,
        pinned=hasattr(event, "pin"),
        struck=_("Taken back: %(reason)s") % {"reason": striking.reason} if striking else "",
        may_strike=event.kind in TYPED and event.by_id == reader.pk and striking is None,
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
        yield Day(label, [timed(each, today) for each in held])


def timed(entry: Entry, today: date) -> Entry:
    """With the words for its time beside it: the clock this week, the day before."""
    recent = _local_day(entry) > today - timedelta(days=7)
    when = formats.clock(entry.at) if recent else formats.short_day(entry.at)
    return Entry(**{**entry.__dict__, "when": when})


def _local_day(entry: Entry) -> date:
    return timezone.localtime(entry.at).date()


def _heading(day: date, today: date) -> str:
    if day == today:
        return _("Today, %(day)s") % {"day": formats.long_day(day)}
    if today - timedelta(days=7) < day < today:
        return formats.long_day(day)
    return formats.month(day)
