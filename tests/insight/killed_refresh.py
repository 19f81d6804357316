"""A refresh that kills its own process: `python -m tests.insight.killed_refresh STEP` dies when STEP begins, or, with
`STEP!`, when its work is done but not yet noted."""

import os
import signal
import sys

import django

django.setup()

from guanxi.insight.refresh import Progress, refresh, run  # noqa: E402
from guanxi.insight.refresh.steps import Step, Work  # noqa: E402
from tests.insight.facts import TODAY  # noqa: E402


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    name = sys.argv[1].removesuffix("!")
    finish = run._finish

    def die_before(progress: Progress) -> None:
        if progress.step == name and not sys.argv[1].endswith("!"):
            die()

    def die_after(step: Step, work: Work, began: float) -> None:
        if step.name == name and sys.argv[1].endswith("!"):
            step.do(work)
            die()
        finish(step, work, began)

    run._finish = die_after
    refresh(as_of=TODAY, at=TODAY, by=None, progress=die_before)


if __name__ == "__main__":
    main()
