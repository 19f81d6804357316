"""Named places at which a test kills the process, to prove that half-done work is finished or forgotten."""

import os
import signal
from enum import StrEnum

VARIABLE = "GUANXI_KILL_AT"


class Point(StrEnum):
    """In the order in which a write passes them."""

    TURN_TAKEN = "turn_taken"
    PARQUET_WRITTEN = "parquet_written"
    FILES_REGISTERED = "files_registered"
    BEFORE_COMMIT = "before_commit"
    AFTER_COMMIT = "after_commit"
    SNAPSHOTS_EXPIRED = "snapshots_expired"
    FILES_SWEPT = "files_swept"


def reach(point: Point) -> None:
    """Die here, without any clean-up, if the environment names this point; otherwise do nothing."""
    if os.environ.get(VARIABLE) == point:
        os.kill(os.getpid(), signal.SIGKILL)
