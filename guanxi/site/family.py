"""Parent and child processes: children are forked from a parent that has done nothing yet, so they start at once and
share its memory, and none outlives it, even when it is killed.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.context import ForkProcess
from types import FrameType

import click

from guanxi.foundation.errors import UserError

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def fork(work: Callable[[], object], *, apart: bool) -> ForkProcess:
    """Start `work` in a child; `apart` from the terminal, so that Ctrl-C reaches the parent only.

    Fork before any thread or connection exists. Exit code 1 stands for a UserError, whose sentence is on stderr.
    """
    child = multiprocessing.get_context("fork").Process(target=_live, args=(work, apart))
    child.start()
    return child


def die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent ends. Linux only; elsewhere an orderly stop has to suffice."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), signal.SIGTERM)


def leave_on_sigterm() -> None:
    """On SIGTERM, leave as on the way out, so that whatever was opened is closed."""
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _live(work: Callable[[], object], apart: bool) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    leave_on_sigterm()
    die_with_parent()
    if apart:
        os.setsid()
    try:
        work()
    except UserError as mistake:
        click.echo(str(mistake), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
