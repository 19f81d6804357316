"""The relay: one process gives new notices their number, in the order in which they were committed, and wakes push.

Business transactions only insert a row: a NOTIFY in each of them would make them queue for one lock. Ids cannot serve
as the order of reading either: a lower one may be committed later. Any number of relays may run; one of them works.
"""

from threading import Event

import psycopg

from guanxi.foundation.locks import Lock

CHANNEL = "guanxi_push"
PAUSE = 0.1  # seconds between two looks at an empty table
STANDBY = 2.0  # seconds between two attempts to take over, or to reconnect
BATCH = 500

NUMBER = """
WITH fresh AS (SELECT id FROM push_notice WHERE number IS NULL ORDER BY id LIMIT %s),
     numbered AS (SELECT id, nextval('push_notice_number') AS number FROM (SELECT id FROM fresh ORDER BY id) AS o)
UPDATE push_notice SET number = numbered.number FROM numbered WHERE push_notice.id = numbered.id
RETURNING push_notice.number
"""


def relay(conninfo: str, stop: Event) -> None:
    """Relay until `stop`; outlives a restart of the database."""
    while not stop.is_set():
        try:
            with psycopg.connect(conninfo, autocommit=True) as connection:
                _lead(connection, stop)
        except psycopg.OperationalError:
            stop.wait(STANDBY)


def relay_once(connection: "psycopg.Connection[tuple[int]]") -> int:
    """Number one batch and wake the push processes; answers how many there were."""
    with connection.transaction():
        numbers = [number for (number,) in connection.execute(NUMBER, [BATCH])]
        if numbers:
            connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(max(numbers))])
    return len(numbers)


def _lead(connection: "psycopg.Connection[tuple[int]]", stop: Event) -> None:
    while not stop.is_set():
        row = connection.execute("SELECT pg_try_advisory_lock(%s, 0)", [Lock.RELAY]).fetchone()
        if row and row[0]:
            break
        stop.wait(STANDBY)
    while not stop.is_set():
        if relay_once(connection) < BATCH:
            stop.wait(PAUSE)
