"""`make prove`: run the long proofs and write what they showed to docs/proofs/README.md.

A proof is a test marked `prove`; with `record_property(figure, value)` it says what it measured. A proof that was not
run this time stands in the report as it was.
"""

import os
import platform
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guanxi.foundation.server.binaries import candidates, major_version

REPORT = Path(__file__).parents[1] / "docs" / "proofs" / "README.md"


class Report:
    """A pytest plugin that collects what each proof showed."""

    def __init__(self, before: str = "") -> None:
        self.sections = {_place(each): each.strip() + "\n" for each in re.split(r"(?m)^(?=## )", before)[1:]}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome == "skipped":
            name = report.nodeid.split("::")[-1].removeprefix("test_").replace("_", " ")
            figures = "".join(f"| {figure} | {value} |\n" for figure, value in report.user_properties)
            table = f"\n| figure | measured |\n|---|---|\n{figures}" if figures else ""
            why = f": {report.longrepr[2]}" if report.skipped and isinstance(report.longrepr, tuple) else ""
            took = f"{datetime.now(UTC):%Y-%m-%d}, {report.duration:.0f} s"
            section = f"## {name.capitalize()}\n\n{report.outcome}{why}, {took} (`{report.nodeid}`)\n{table}"
            self.sections[report.nodeid] = section

    def text(self) -> str:
        cores, server = os.cpu_count(), major_version(candidates()[0])
        machine = f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"
        head = f"# Proofs\n\nWritten by `make prove`: {machine}, PostgreSQL {server}.\n"
        return "\n".join([head, *(self.sections[place] for place in sorted(self.sections))])


def _place(section: str) -> str:
    """The test of a section."""
    (place,) = re.findall(r"\(`(.+)`\)", section)
    return str(place)


def main() -> int:
    """Run the proofs; arguments go to pytest."""
    report = Report(REPORT.read_text(encoding="utf-8") if REPORT.exists() else "")
    code = pytest.main(["-m", "prove", "-q", *sys.argv[1:]], plugins=[report])
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(report.text(), encoding="utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
