"""Telling the person at the terminal what is being done and how long it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

console = Console(highlight=False)


@contextmanager
def step(name: str) -> Iterator[None]:
    """A line for a piece of work, with its seconds when it is done."""
    began = time.monotonic()
    with console.status(f"{name} …"):
        yield
    console.print(f"  {name:<44}{time.monotonic() - began:6.1f} s")
