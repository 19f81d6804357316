"""Changes of the history run in a process of their own, so that it can be killed like by `kill -9` or a power cut."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from guanxi.foundation.history import points
from guanxi.foundation.history.store import Store
from tests.foundation.history.facts import line, lines

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.foundation.history.killing"])
PATIENCE = 60.0  # seconds until a child that should be dead or done fails the test

CHANGES: dict[str, Callable[[Store], object]] = {
    "append": lambda history: history.append("order_lines", "new", lines(line(5), line(25, customer="bert"))),
    "append_unknown": lambda history: history.append("order_lines", "new", lines(line(1), line(5)), skip_known=True),
    "withdraw": lambda history: history.withdraw("order_lines", "two"),
    "erase": lambda history: history.erase("order_lines", [("shop", "zoe")]),
    "compact": lambda history: history.compact("order_lines"),
}


def prepare(history: Store) -> None:
    """Three batches over two years, with a customer who wants to be forgotten."""
    history.append("order_lines", "one", lines(line(1), line(20), line(21, customer="zoe")))
    history.append("order_lines", "two", lines(line(2)))
    history.append("order_lines", "three", lines(line(3, customer="zoe"), line(22), line(23)))


def change(history: Store, name: str, point: str = "") -> None:
    """What the child does."""
    os.environ[points.VARIABLE] = point
    CHANGES[name](history)


def begin(history: Store, name: str, point: str = "") -> BaseProcess:
    """Start a change in a child."""
    child = CONTEXT.Process(target=change, args=(history, name, point))
    child.start()
    return child


def run_to_its_death(history: Store, name: str, point: str) -> None:
    """Run a change in a child that must die at the point."""
    child = begin(history, name, point)
    child.join(PATIENCE)
    assert child.exitcode == -signal.SIGKILL, f"{name} ended with {child.exitcode} and did not pass {point}"
