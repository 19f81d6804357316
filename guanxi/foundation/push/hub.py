"""One push process: a single LISTEN connection, and every open page with its queue."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import psycopg
from django.db import connection
from django.db.models import Max

from guanxi.foundation.accounts.models import User
from guanxi.foundation.push.models import Notice
from guanxi.foundation.push.relay import CHANNEL
from guanxi.foundation.push.topics import may_hear

Answer = TypeVar("Answer")

FULL = 1000  # notices a slow page may lag behind before it is cut off; it then resumes from the table
RECONNECT = 1.0  # seconds


@dataclass(eq=False)
class Subscriber:
    """An open page: who looks at it, and what it has not been sent yet. None in the queue ends its stream."""

    user: User
    waiting: "asyncio.Queue[Notice | None]" = field(default_factory=lambda: asyncio.Queue(FULL))

    def hand(self, notice: Notice | None) -> bool:
        """Queue a notice; False when the page lags too far behind."""
        try:
            self.waiting.put_nowait(notice)
        except asyncio.QueueFull:
            return False
        return True


class Hub:
    """Reads new notices once, however many pages are open, and hands each to those who may hear it."""

    def __init__(self, conninfo: str) -> None:
        self.conninfo = conninfo
        self.subscribers: set[Subscriber] = set()
        self.seen = 0

    async def run(self) -> None:
        """Listen until cancelled; after a lost connection, catch up from the table."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self.conninfo, autocommit=True) as listening:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    self.seen = self.seen or await in_thread(last_number)
                    await self.catch_up()
                    async for _ in listening.notifies():
                        await self.catch_up()
            except psycopg.OperationalError:
                await asyncio.sleep(RECONNECT)

    async def catch_up(self) -> None:
        """Hand on everything that has been numbered since the last look."""
        fresh = await in_thread(lambda: notices_after(self.seen))
        if not fresh:
            return
        self.seen = max(notice.number or 0 for notice in fresh)
        present = list(self.subscribers)
        for subscriber, heard in await in_thread(lambda: [(s, audible(s.user, fresh)) for s in present]):
            if not all(subscriber.hand(notice) for notice in heard):
                self.leave(subscriber)

    def leave(self, subscriber: Subscriber) -> None:
        """End a page's stream, at once if it lags."""
        self.subscribers.discard(subscriber)
        while not subscriber.hand(None):
            subscriber.waiting.get_nowait()

    def close(self) -> None:
        """End all streams: the process stops, the browsers will come back to another."""
        for subscriber in list(self.subscribers):
            self.leave(subscriber)


def last_number() -> int:
    """The number of the latest relayed notice."""
    return Notice.objects.aggregate(last=Max("number"))["last"] or 0


def notices_after(number: int) -> list[Notice]:
    """Relayed notices after that number, in order."""
    return list(Notice.objects.filter(number__gt=number).order_by("number"))


def audible(user: User, notices: Iterable[Notice]) -> list[Notice]:
    """Those of the notices that this colleague may hear; each topic's door is asked once."""
    notices = list(notices)
    open_topics = {topic for topic in {notice.topic for notice in notices} if may_hear(user, topic)}
    return [notice for notice in notices if notice.topic in open_topics]


async def in_thread(ask: Callable[[], Answer]) -> Answer:
    """Ask the database from a thread, and give the connection back to the pool."""

    def asking() -> Answer:
        try:
            return ask()
        finally:
            connection.close()

    return await asyncio.to_thread(asking)
