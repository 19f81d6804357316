"""Clients of the real server: one after the other, or eight at once, each over one kept connection."""

import http.client
import multiprocessing
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from urllib.parse import urlencode

HOST, PORT, WORKERS, CLIENTS, SECONDS = "127.0.0.1", 8108, 2, 8, 6.0
MOST = 300  # requests of one client
ROWS = {"HX-Request": "true", "HX-Target": "more"}
PART = {"HX-Request": "true"}


@dataclass(frozen=True)
class Asked:
    """One request; with `form` it is posted."""

    path: str
    headers: dict[str, str]
    form: dict[str, str] | None = None


@contextmanager
def serving() -> Iterator[None]:
    """The server as `guanxi web` starts it, answering."""
    server = subprocess.Popen(
        [sys.executable, "-m", "guanxi.site.command_line", "web", "--port", str(PORT), "--workers", str(WORKERS)]
    )
    try:
        _wait()
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait() -> None:
    for _ in range(300):
        try:
            link = http.client.HTTPConnection(HOST, PORT, timeout=2)
            link.request("GET", "/healthz")
            link.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not answer")


class Visitor:
    """A browser that is logged in."""

    def __init__(self, cookie: str) -> None:
        self.link = http.client.HTTPConnection(HOST, PORT, timeout=30)
        self.cookie = cookie

    def ask(self, asked: Asked) -> None:
        """One request, read to its end. Any answer but a success or a redirect ends the run."""
        headers = {**asked.headers, "Cookie": self.cookie}
        if asked.form is None:
            self.link.request("GET", asked.path, headers=headers)
        else:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self._signature()}
            self.link.request("POST", asked.path, urlencode(asked.form), headers)
        answer = self.link.getresponse()
        body = answer.read()
        if answer.status not in {200, 204, 302}:
            raise SystemExit(f"{asked.path} answered {answer.status}: {body[:300]!r}")

    def _signature(self) -> str:
        return self.cookie.partition("csrftoken=")[2].partition(";")[0]


def alone(cookie: str, requests: Sequence[Asked]) -> tuple[float, float, float]:
    """Milliseconds of one client: half, 95 and 99 of a hundred answers came within."""
    visitor, spent = Visitor(cookie), []
    for asked in requests[:5]:
        visitor.ask(asked)
    for asked in requests[5:MOST]:
        began = time.perf_counter()
        visitor.ask(asked)
        spent.append(1000 * (time.perf_counter() - began))
    cut = statistics.quantiles(spent, n=100)
    return statistics.median(spent), cut[94], cut[98]


def together(cookie: str, requests: Sequence[Asked]) -> float:
    """Requests a second that eight clients get answered."""
    rest = requests[MOST:] or requests  # what is created is created once
    start, ready = multiprocessing.Barrier(CLIENTS + 1), multiprocessing.SimpleQueue()
    clients = [
        multiprocessing.Process(target=_client, args=(cookie, rest[n::CLIENTS], start, ready)) for n in range(CLIENTS)
    ]
    for each in clients:
        each.start()
    start.wait()
    answered = sum(ready.get() for _ in clients)
    for each in clients:
        each.join()
    return answered / SECONDS


def _client(cookie: str, requests: Sequence[Asked], start: Barrier, ready: "SimpleQueue[int]") -> None:
    visitor, done = Visitor(cookie), 0
    visitor.ask(requests[0])
    start.wait()
    until = time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        visitor.ask(requests[done % len(requests)])
        done += 1
    ready.put(done)
