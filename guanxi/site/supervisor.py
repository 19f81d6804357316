"""Keeping the company's processes alive: a dead one is started again, later each time; a stop reaches all of them."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from types import FrameType

LONGEST_PAUSE = 30.0  # seconds between two starts of a process that keeps dying
PROVEN = 60.0  # seconds after which a process counts as well
PATIENCE = 30.0  # seconds a process gets to end after SIGTERM


@dataclass
class Child:
    """One process: `name` for people, `arguments` for `guanxi`."""

    name: str
    arguments: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    failures: int = field(default=0)

    def start(self) -> None:
        command = [sys.executable, "-m", "guanxi.site.command_line", *self.arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        self.began = time.monotonic()

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def is_due(self) -> bool:
        """Whether it has paused long enough to be started again."""
        return time.monotonic() - self.began >= min(2.0**self.failures, LONGEST_PAUSE)


def supervise(children: Sequence[Child], stop: Event, say: Callable[[str], None]) -> None:
    """Start the children and keep them alive until `stop`; then end them all."""
    try:
        for child in children:
            child.start()
        while not stop.wait(0.5):
            for child in children:
                _look_after(child, say)
    finally:
        _end(children)


@contextmanager
def stop_on_signal() -> Iterator[Event]:
    """An event that Ctrl-C and SIGTERM set."""
    stop = Event()

    def note(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _look_after(child: Child, say: Callable[[str], None]) -> None:
    if not child.is_dead():
        return
    if time.monotonic() - child.began > PROVEN:
        child.failures = 0
    if child.is_due():
        child.failures += 1
        code = child.process.returncode if child.process else None
        say(f"The {child.name} process ended (code {code}) and is started again.")
        child.start()


def _end(children: Sequence[Child]) -> None:
    running = [child.process for child in children if child.process and child.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
