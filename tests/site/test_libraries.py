"""Each library that the product needs has its reason on record."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_every_library_has_a_line_and_every_line_a_library() -> None:
    wanted = {
        re.split(r"[\[~=<> ]", line)[0] for line in (PROJECT / "requirements/base.in").read_text().split("\n") if line
    }
    table = (PROJECT / "docs/decisions/0010-libraries.md").read_text()
    assert set(re.findall(r"^\| ([a-z0-9-]+) \|", table, re.MULTILINE)) - {"library"} == wanted
