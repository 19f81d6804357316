from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy

from guanxi.foundation.company.models import Company
from guanxi.foundation.rows import first

_read: ContextVar[list[Company | None] | None] = ContextVar("_read", default=None)


def current() -> Company | None:
    """The company of this installation, or None before it is set up."""
    read = _read.get()
    if read is None:
        return _company()
    if not read:
        read.append(_company())
    return copy(read[0])  # a form that refuses leaves what was typed on its own


def _company() -> Company | None:
    return first(Company, "id = %s", [1])


@contextmanager
def read_once() -> Iterator[None]:
    """Ask the database for the company at most once: while one page is made, the clock and the frame ask often."""
    token = _read.set([])
    try:
        yield
    finally:
        _read.reset(token)


def is_open() -> bool:
    """Whether the company's first data are in place, so that people can work."""
    return Company.objects.filter(pk=1, opened_at__isnull=False).exists()
