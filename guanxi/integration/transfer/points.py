"""Named places at which a test kills the process, to prove that half-done work is finished or forgotten."""

import os
import signal
from enum import StrEnum

VARIABLE = "GUANXI_KILL_AT"


class Point(StrEnum):
    """In the order in which an import passes them, and those of an export."""

    PREPARED = "import_prepared"
    CHUNK_BEGUN = "import_chunk_begun"
    LINES_APPENDED = "import_lines_appended"
    OUTCOMES_WRITTEN = "import_outcomes_written"
    BEFORE_COMMIT = "import_before_commit"
    AFTER_COMMIT = "import_after_commit"
    BEFORE_FINISH = "import_before_finish"
    PART_WRITTEN = "export_part_written"


def reach(point: StrEnum) -> None:
    """Die here, without any clean-up, if the environment names this point; otherwise do nothing."""
    if os.environ.get(VARIABLE) == point:
        os.kill(os.getpid(), signal.SIGKILL)
