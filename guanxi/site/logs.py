"""How errors are written down: without what PostgreSQL quotes, so that the log holds nothing of a customer."""

import logging
import traceback
from collections.abc import Iterator

from django.db import Error as DatabaseError
from psycopg import Error as ServerError

TELLING = ("severity", "sqlstate", "schema_name", "table_name", "constraint_name")  # names of ours, no values


class WithoutValues(logging.Formatter):
    """Writes the way to a database's error and its names, never its message: that may repeat a row or a value."""

    def formatException(self, ei: "logging._SysExcInfoType") -> str:  # noqa: N802
        chain = list(_chain(ei[1]))
        if not any(isinstance(each, DatabaseError | ServerError) for each in chain):
            return super().formatException(ei)
        return "\n".join(_written(each) for each in reversed(chain))


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    """The error and those that led to it, as Python would tell them."""
    while problem is not None:
        yield problem
        problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)


def _written(problem: BaseException) -> str:
    way = "".join(traceback.format_tb(problem.__traceback__))
    told = problem.diag if isinstance(problem, ServerError) else None
    names = ", ".join(str(getattr(told, name)) for name in TELLING if getattr(told, name, None))
    return f"{way}{type(problem).__qualname__}: {names}".rstrip(": ")
