"""A thread has the database sort in the words to search by, of the parts that are finished, beside the next part."""

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from django.db import connection

from guanxi.customer.search import leave_unsorted, sort_in


class SortingIn:
    """`begin` in the transaction of each part, `go_on` when it is committed. What is left is sorted in at the end."""

    def __init__(self, *, is_worth_it: bool) -> None:
        self._is_worth_it = is_worth_it
        self._sorting = ThreadPoolExecutor(1, thread_name_prefix="sorting in")
        self._last: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sorting.shutdown()

    def begin(self) -> None:
        """Leave the words of this part to the thread."""
        if self._is_worth_it:
            leave_unsorted()

    def go_on(self) -> None:
        """Sort in what is there by now. Raises what went wrong the time before."""
        if self._is_worth_it and (self._last is None or self._last.done()):
            if self._last:
                self._last.result()
            self._last = self._sorting.submit(_sort_in)


def _sort_in() -> None:
    try:
        sort_in()
    finally:
        connection.close()
