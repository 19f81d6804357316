"""A DuckDB that stays open in this process, for questions about single customers.

Opening one takes as long as ten such questions.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import duckdb

MEMORY, THREADS = "512MB", 2  # many processes of one machine have such a DuckDB each

_kept: list[duckdb.DuckDBPyConnection] = []
_parents: list[duckdb.DuckDBPyConnection] = []  # a forked child has no threads that could close them
_opening = Lock()


@contextmanager
def seat() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of one's own, in UTC; temporary views and what is registered are its own. It spills nothing."""
    with _opening:
        if not _kept:
            _kept.append(duckdb.connect(config={"temp_directory": "", "memory_limit": MEMORY, "threads": THREADS}))
        mine = _kept[0].cursor()
    with mine:
        mine.execute("SET TimeZone = 'UTC'")
        yield mine


def _leave_to_parent() -> None:
    _parents.extend(_kept)
    _kept.clear()
    _opening.release()


os.register_at_fork(before=_opening.acquire, after_in_parent=_opening.release, after_in_child=_leave_to_parent)
