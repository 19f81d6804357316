"""The worker's part of marketing: bring launches forward until they are done."""

import logging

from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.foundation.jobs.declare import every
from guanxi.operational.marketing.launching import advance
from guanxi.operational.marketing.queries import unfinished_launches

log = logging.getLogger(__name__)
STEPS = 100  # a launch, then the next launch gets its turn


@every("* * * * * */5", "marketing.advance_launches")
def advance_launches() -> None:
    """Some steps of every launch that is not finished. A killed tick loses nothing; the next goes on from the mark."""
    for launch in unfinished_launches():
        try:
            _bring_forward(launch)
        except UserError:
            log.exception("Launch %s stands still; the others go on", launch)


def _bring_forward(launch: int) -> None:
    for _ in range(STEPS):
        if not advance(launch, at=clock.now()):
            break
