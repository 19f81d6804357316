"""Who is using the server: the first starts it, the last one out stops it.

A user holds a shared lock on a file. The kernel drops the lock of a killed one, so nothing has to be counted or
repaired.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from guanxi.foundation.server.address import Address, address
from guanxi.foundation.server.place import make_home
from guanxi.foundation.server.process import start, stop

_held: list[IO[str]] = []


@contextmanager
def use(home: Path, settings: Mapping[str, str] | None = None) -> Iterator[Address]:
    """Have the company's database at hand: started if nobody did, stopped if nobody else needs it.

    With DATABASE_URL set nothing is started or stopped.
    """
    if os.environ.get("DATABASE_URL"):
        yield address(home, os.environ)
        return
    with (make_home(home) / ".postgres.users").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        _held.append(users)
        try:
            yield start(home, settings)
        finally:
            _held.remove(users)
            if _is_last(users.fileno()):
                stop(home)


def _let_go() -> None:
    """A forked child is a user only if it says so itself; it must not keep its parent's place."""
    while _held:
        _held.pop().close()


os.register_at_fork(after_in_child=_let_go)


def _is_last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
