"""`make prove`: run the long proofs and write what they showed to docs/proofs/README.md.

A proof is a test marked `prove`; with `record_property(figure, value)` it says what it measured.
"""

import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guanxi.foundation.server.binaries import candidates, major_version

REPORT = Path(__file__).parents[1] / "docs" / "proofs" / "README.md"


class Report:
    """A pytest plugin that collects what each proof showed."""

    def __init__(self) -> None:
        self.sections: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome == "skipped":
            name = report.nodeid.split("::")[-1].removeprefix("test_").replace("_", " ")
            figures = "".join(f"| {figure} | {value} |\n" for figure, value in report.user_properties)
            table = f"\n| figure | measured |\n|---|---|\n{figures}" if figures else ""
            why = f": {report.longrepr[2]}" if report.skipped and isinstance(report.longrepr, tuple) else ""
            self.sections.append(
                f"## {name.capitalize()}\n\n{report.outcome}{why}, {report.duration:.0f} s (`{report.nodeid}`)\n{table}"
            )

    def text(self, seconds: float) -> str:
        cores, server = os.cpu_count(), major_version(candidates()[0])
        machine = f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"
        head = f"# Proofs\n\nWritten by `make prove` on {datetime.now(UTC):%Y-%m-%d}: {machine}, PostgreSQL {server}, {seconds:.0f} s.\n"
        return "\n".join([head, *self.sections])


def main() -> int:
    """Run the proofs; arguments go to pytest."""
    report, began = Report(), time.monotonic()
    code = pytest.main(["-m", "prove", "-q", *sys.argv[1:]], plugins=[report])
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(report.text(time.monotonic() - began), encoding="utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
