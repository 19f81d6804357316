from datetime import datetime

from django.db import connection

from guanxi.customer.models import Event, Party, Pin, Striking
from guanxi.foundation.accounts.models import User
from guanxi.foundation.rows import columns, made_of

# Every customer's page asks this, so it is written once. By whom an event was, whether it is pinned or struck.
ROWS = f"""
    SELECT {columns(Event)}, {columns(User)}, {columns(Pin)}, {columns(Striking)} FROM customer_event
      LEFT JOIN accounts_user ON accounts_user.id = customer_event.by_id
      LEFT JOIN customer_pin ON customer_pin.event_id = customer_event.id
      LEFT JOIN customer_striking ON customer_striking.event_id = customer_event.id
"""
LATEST_FIRST = "ORDER BY customer_event.at DESC, customer_event.id DESC LIMIT %s"
LAST_PINNED_FIRST = "ORDER BY customer_pin.at DESC, customer_pin.id DESC"
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
    enough to be read through; the index on (party, at) finds them.
    """
    where: list[str] = ["customer_event.party_id = %s"]
    values: list[int | str | datetime] = [party.pk]
    if before is not None:
        where.append("(customer_event.at, customer_event.id) < (%s, %s)")
        values.extend(before)
    if channel is not None:
        where.append("customer_event.channel = %s")
        values.append(channel)
    for word in text.split():
        where.append(f"strpos(upper({SAID}), upper(%s)) > 0")
        values.append(word)
    return _events(f"{ROWS} WHERE {' AND '.join(where)} {LATEST_FIRST}", [*values, most])


def pinned_events(party: Party) -> list[Event]:
    """Those that stay on top, the last pinned first."""
    return _events(f"{ROWS} WHERE customer_pin.party_id = %s {LAST_PINNED_FIRST}", [party.pk])


def _events(statement: str, values: list[int | str | datetime]) -> list[Event]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_event(*made_of((Event, User, Pin, Striking), row)) for row in cursor.fetchall()]


def _event(event: Event, by: User | None, pin: Pin | None, striking: Striking | None) -> Event:
    event._state.fields_cache.update(by=by, pin=pin, striking=striking)
    return event
