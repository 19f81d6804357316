from datetime import datetime

from guanxi.customer.fields import every_field
from guanxi.customer.models import Event, Party, Pin, Striking
from guanxi.foundation.accounts.models import User
from guanxi.foundation.arrays import as_array
from guanxi.foundation.rows import joined

# Every customer's page asks this, so it is written once. By whom an event was, whether it is pinned or struck.
TOGETHER = (Event, User, Pin, Striking)
GIVEN = """
    customer_event
      LEFT JOIN accounts_user ON accounts_user.id = customer_event.by_id
      LEFT JOIN customer_pin ON customer_pin.event_id = customer_event.id
      LEFT JOIN customer_striking ON customer_striking.event_id = customer_event.id
"""
LATEST_FIRST = "ORDER BY customer_event.at DESC, customer_event.id DESC LIMIT %s"
LAST_PINNED_FIRST = "ORDER BY customer_pin.at DESC, customer_pin.id DESC"
LEGIBLE = (
    "NOT (customer_event.kind = 'customer.field_corrected' AND customer_event.facts ->> 'field' = ANY(%s::text[]))"
)
SAID = "(SELECT string_agg(value, ' ') FROM jsonb_each_text(customer_event.facts))"  # the facts without their names


def timeline_of(
    party: Party,
    *,
    before: tuple[datetime, int] | None = None,
    channel: str | None = None,
    text: str = "",
    most: int = 30,
) -> list[Event]:
    """The customer's latest events, newest first, at most `most`, older than the event (at, id) `before`.

    text: events in whose facts all these words occur, whatever the case, in any script. One customer's events are few
    enough to be read through; the index on (party, at) finds them. Corrections of sensitive fields are found by no
    word, or whoever tries words would learn the values.
    """
    where: list[str] = ["customer_event.party_id = %s"]
    values: list[int | str | datetime] = [party.pk]
    if before is not None:
        where.append("(customer_event.at, customer_event.id) < (%s, %s)")
        values.extend(before)
    if channel is not None:
        where.append("customer_event.channel = %s")
        values.append(channel)
    if text.split():
        where.append(LEGIBLE)
        values.append(as_array(each.name for each in every_field() if each.is_sensitive))
    for word in text.split():
        where.append(f"strpos(upper({SAID}), upper(%s)) > 0")
        values.append(word)
    return _events(f"WHERE {' AND '.join(where)} {LATEST_FIRST}", [*values, most])


def pinned_events(party: Party) -> list[Event]:
    """Those that stay on top, the last pinned first."""
    return _events(f"WHERE customer_pin.party_id = %s {LAST_PINNED_FIRST}", [party.pk])


def _events(rest: str, values: list[int | str | datetime]) -> list[Event]:
    return [_event(*row) for row in joined(TOGETHER, f"{GIVEN} {rest}", values)]


def _event(event: Event, by: User | None, pin: Pin | None, striking: Striking | None) -> Event:
    event._state.fields_cache.update(by=by, pin=pin, striking=striking)
    return event
