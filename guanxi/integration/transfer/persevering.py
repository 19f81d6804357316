"""Work that meets an error nobody foresaw is tried again a few times, and then stands still until a person resumes it.

Lost connections and deadlocks pass; a defect does not, and must neither run for ever nor hide.
"""

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError, connection

ATTEMPTS = 3
PAUSE = 2.0  # seconds before the second attempt; twice as long before the third

log = logging.getLogger(__name__)


def persevere(
    work: Callable[[], bool],
    give_up: Callable[[Exception], None],
    *,
    what: str,
    reached: Callable[[], object] = lambda: None,
) -> bool:
    """The answer of `work`; True when it failed and `give_up` has noted why. The trace of each attempt is in the log.

    An attempt that got further than the one before is a first attempt: work of many hours meets many errors that pass.
    A full disk is not filled again: its error ends the work at once. `work` begins where it was, and outside of a
    transaction.

    reached: tells how far the work has come.
    """
    attempt, before = 0, _asked(reached, None)
    while True:
        try:
            return work()
        except Exception as problem:
            connection.close_if_unusable_or_obsolete()
            after = _asked(reached, before)
            attempt, before = (attempt + 1 if after == before else 1), after
            log.exception("%s: attempt %d of %d failed", what, attempt, ATTEMPTS)
            if attempt == ATTEMPTS or isinstance(problem, OSError):
                give_up(problem)
                return True
            time.sleep(PAUSE * attempt)


def _asked(reached: Callable[[], object], otherwise: object) -> object:
    """A database that cannot be asked just now says nothing of progress."""
    try:
        return reached()
    except DatabaseError:
        return otherwise
