import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import psycopg
import pytest
import uvicorn
from django.db import connection

from guanxi.foundation.history import store
from guanxi.foundation.push.hub import Hub
from guanxi.foundation.push.process import PushServer
from guanxi.foundation.push.relay import relay
from guanxi.foundation.push.stream import application
from guanxi.foundation.push.topics import open_topic
from tests.site.running import free_port

WEB_PORT = 8000


@dataclass
class Stream:
    """A running push process; `web_port` is where its pages come from."""

    port: int
    web_port: int


def conninfo() -> str:
    """The test's own database, for connections beside Django's."""
    return store().dsn


@pytest.fixture
def stream(transactional_db: None) -> Iterator[Stream]:
    """Push and relay over the test's database, as they run beside the pages."""
    with pushing(WEB_PORT) as running:
        yield running


class pushing:  # noqa: N801 (a context manager is named like a function)
    """Push and relay for pages on `web_port`."""

    def __init__(self, web_port: int) -> None:
        self.stop, port = threading.Event(), free_port()
        hub = Hub(conninfo())
        config = uvicorn.Config(
            application(hub, web_port), host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=3
        )
        self.server, self.running = PushServer(config, hub), Stream(port, web_port)
        self.threads = [
            threading.Thread(target=self.server.run),
            threading.Thread(target=relay, args=(conninfo(), self.stop)),
        ]

    def __enter__(self) -> Stream:
        for thread in self.threads:
            thread.start()
        while not self.server.started:
            assert self.threads[0].is_alive()
        return self.running

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.server.hub.close()
        self.server.should_exit = True
        for thread in self.threads:
            thread.join(20)


@pytest.fixture
def second_connection(transactional_db: None) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with closing(psycopg.connect(conninfo())) as other:
        yield other


@pytest.fixture(autouse=True)
def weather() -> None:
    """A topic that everybody hears, and one that nobody does."""
    open_topic("weather", lambda user, which: True)
    open_topic("secret", lambda user, which: False)


@pytest.fixture(autouse=True)
def _connections_end(transactional_db: None) -> Iterator[None]:
    yield
    connection.close()
