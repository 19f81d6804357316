"""Work that meets an error nobody foresaw is tried again a few times, and then stands still until a person resumes it.

Lost connections and deadlocks pass; a defect does not, and must neither run for ever nor hide.
"""

import logging
import time
from collections.abc import Callable

from django.db import connection

ATTEMPTS = 3
PAUSE = 2.0  # seconds before the second attempt; twice as long before the third

log = logging.getLogger(__name__)


def persevere(work: Callable[[], bool], give_up: Callable[[Exception], None], *, what: str) -> bool:
    """The answer of `work`; True when it failed and `give_up` has noted why. The trace of each attempt is in the log.

    A full disk is not filled again: its error ends the work at once. `work` begins where it was, and outside of a
    transaction.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return work()
        except Exception as problem:
            log.exception("%s: attempt %d of %d failed", what, attempt, ATTEMPTS)
            connection.close_if_unusable_or_obsolete()
            if attempt == ATTEMPTS or isinstance(problem, OSError):
                give_up(problem)
                break
            time.sleep(PAUSE * attempt)
    return True
