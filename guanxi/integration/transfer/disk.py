"""What a disk says that has no room, whoever wrote to it: this process, DuckDB, or the database's server."""

import errno
import os
from collections.abc import Iterator

import duckdb
from psycopg.errors import DiskFull

NO_ROOM = [os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT)]


def said_by_disk(problem: Exception) -> str:
    """What is wrong with a file or the disk it lies on; empty when the error is of another kind."""
    if isinstance(problem, OSError):
        return problem.strerror or str(problem) or type(problem).__name__
    return next((said for each in _with_causes(problem) if (said := _no_room(each))), "")


def _with_causes(problem: BaseException | None) -> Iterator[BaseException]:
    while problem:
        yield problem
        problem = problem.__cause__


def _no_room(problem: BaseException) -> str:
    if isinstance(problem, DiskFull):
        return NO_ROOM[0]
    if isinstance(problem, duckdb.IOException):
        return next((said for said in NO_ROOM if said in str(problem)), "")
    return ""
