"""Work that meets an error nobody foresaw is tried again a few times, and then stands still until a person resumes it.

Lost connections and deadlocks pass; a defect does not, and must neither run for ever nor hide.
"""

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from guanxi.integration.transfer.disk import said_by_disk

ATTEMPTS = 3
PAUSE = 2.0  # seconds before the second attempt; twice as long before the third

log = logging.getLogger(__name__)


def persevere(
    work: Callable[[], bool],
    give_up: Callable[[str], None],
    *,
    what: str,
    safe: str,
    reached: Callable[[], object] = lambda: None,
) -> bool:
    """The answer of `work`; True when it failed and `give_up` has noted why. The trace of each attempt is in the log.

    An attempt that got further than the one before is a first attempt: work of many hours meets many errors that pass.
    A full disk is not filled again: its error ends the work at once. `work` begins where it was, and outside of a
    transaction.

    give_up: notes the sentence that says why. safe: what is not lost, and how to go on. reached: tells how far the work
        has come.
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
            if attempt == ATTEMPTS or said_by_disk(problem):
                give_up(_reason(problem, safe))
                return True
            time.sleep(PAUSE * attempt)


def _reason(problem: Exception, safe: str) -> str:
    if disk := said_by_disk(problem):
        said = _("A file could not be written or read: %(problem)s. Make room on the disk. %(safe)s")
        return said % {"problem": disk, "safe": safe}
    said = _(
        "It met an error that Guanxi does not know (%(problem)s), %(n)d times in a row. %(safe)s "
        "If it stops again, show the log of the server to whoever looks after Guanxi."
    )
    return said % {"problem": type(problem).__name__, "n": ATTEMPTS, "safe": safe}


def _asked(reached: Callable[[], object], otherwise: object) -> object:
    """A database that cannot be asked just now says nothing of progress."""
    try:
        return reached()
    except DatabaseError:
        return otherwise
