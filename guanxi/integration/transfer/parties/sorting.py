"""A thread has the database sort in the words to search by, as they come, on a core that the import does not use."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from django.db import connection

from guanxi.customer.search import sort_in

PAUSE = 0.02  # seconds; nobody else finds the list so long meanwhile that he would sort it in


@contextmanager
def sorting_in(*, is_worth_it: bool) -> Iterator[None]:
    """Sort in what is written from now on, and at the end all of it. Raises then what went wrong with that."""
    if not is_worth_it:
        yield
        return
    is_over = Event()
    with ThreadPoolExecutor(1, thread_name_prefix="sorting in") as aside:
        sorting = aside.submit(_sort_in_until, is_over)
        try:
            yield
        finally:
            is_over.set()
    sorting.result()


def _sort_in_until(is_over: Event) -> None:
    try:
        while not is_over.wait(PAUSE):
            sort_in()
        sort_in()
    finally:
        connection.close()
