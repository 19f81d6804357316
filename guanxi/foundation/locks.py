"""Turns that processes take in the company's database: every advisory lock of the house has its number here.

The history's locks, and those of files, are named by 64 bits each: they lie in PostgreSQL's other space, which never
meets this one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum, unique

from django.db import connection


@unique
class Lock(IntEnum):
    """What one process at a time does; some once for each source, request or export, which is then the key."""

    RELAY = 0x67780001  # numbering notices
    REFRESH = 0x67780002
    WHO_IS_WHO = 0x67780003  # merging, parting, splitting off
    BELIEF_RULES = 0x67780004  # shared by all who apply them
    INTAKE = 0x67780005  # what a source says, while a batch is stored or taken back; by source
    TRANSFER = 0x67780006  # imports and undos of a source, from beginning to end; by the source's key
    EXPORT = 0x67780007  # by export
    ERASURE = 0x67780008  # by request: several may run beside each other
    OFFERS = 0x67780009


def take_turns(lock: Lock, key: int = 0) -> None:
    """Wait for whoever has it, and hold it until the transaction ends."""
    _run("SELECT pg_advisory_xact_lock(%s, %s)", lock, key)


def share(lock: Lock) -> None:
    """The same, beside all others who share it."""
    _run("SELECT pg_advisory_xact_lock_shared(%s, %s)", lock, 0)


@contextmanager
def tried(lock: Lock, key: int = 0) -> Iterator[bool]:
    """Hold it on this connection, if nobody has it; False if somebody has. A process that dies gives it back."""
    is_mine = _run("SELECT pg_try_advisory_lock(%s, %s)", lock, key)
    try:
        yield is_mine
    finally:
        if is_mine:
            _run("SELECT pg_advisory_unlock(%s, %s)", lock, key)


def _run(statement: str, lock: Lock, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [lock, key])
        ((answer,),) = cursor.fetchall()
    return answer is True
