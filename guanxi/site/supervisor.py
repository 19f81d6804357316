"""Keeping the company's processes alive: a dead one is started again, later each time; a stop reaches all of them."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from threading import Event
from types import FrameType

from guanxi.site.family import fork

LONGEST_PAUSE = 30.0  # seconds between two starts of a process that keeps dying
PROVEN = 60.0  # seconds after which a process counts as well
PATIENCE = 30.0  # seconds a process gets to end after SIGTERM


@dataclass
class Child:
    """One process: `name` for people, `work` to do until SIGTERM."""

    name: str
    work: Callable[[], object]
    process: ForkProcess | None = None
    began: float = 0.0
    failures: int = 0

    def start(self) -> None:
        self.process = fork(self.work, apart=True)
        self.began = time.monotonic()

    def is_dead(self) -> bool:
        return self.process is not None and not self.process.is_alive()

    def is_due(self) -> bool:
        """Whether it has paused long enough to be started again."""
        return time.monotonic() - self.began >= min(2.0**self.failures, LONGEST_PAUSE)


def supervise(children: Sequence[Child], stop: Event, say: Callable[[str], object]) -> Iterator[None]:
    """Start the children and keep them alive until `stop`; then end them all. Yields after every look at them."""
    try:
        for child in children:
            child.start()
        while not stop.wait(0.2):
            for child in children:
                _look_after(child, say)
            yield
    finally:
        _end([child.process for child in children if child.process])


@contextmanager
def stop_on_signal() -> Iterator[Event]:
    """An event that Ctrl-C, SIGTERM and a closed terminal set."""
    stop = Event()

    def note(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _look_after(child: Child, say: Callable[[str], object]) -> None:
    if not child.is_dead():
        return
    if time.monotonic() - child.began > PROVEN:
        child.failures = 0
    if child.is_due():
        child.failures += 1
        code = child.process.exitcode if child.process else None
        say(f"The {child.name} process ended (code {code}) and is started again.")
        child.start()


def _end(processes: Sequence[ForkProcess]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        process.join(max(0.1, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()
