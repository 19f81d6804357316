"""Telling the person at the terminal what is being done and how long it took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

console = Console(highlight=False, soft_wrap=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """A line for a piece of work, with its seconds when it is done."""
    began = time.monotonic()
    with console.status(f"{name} …"):
        yield
    console.print(f"  {name:<44}{time.monotonic() - began:6.1f} s")


@contextmanager
def counted_bytes(name: str) -> Iterator[tuple[Callable[[int], object], Callable[[int], object]]]:
    """A bar for work that is counted in bytes: call the first with the total, the second with each advance."""
    with Progress(TextColumn(name), BarColumn(), DownloadColumn(), TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task(name, total=None)
        yield (lambda total: bar.update(task, total=total)), (lambda more: bar.advance(task, more))
