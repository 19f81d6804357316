"""Who was erased, in a file outside the database: a restored backup brings them back, and the ledger has them go again.

It holds internal numbers and keyed hashes. The installation's secret, the key to them, lies beside it.
"""

import json
import os
from pathlib import Path
from typing import NotRequired, TypedDict

from django.conf import settings

from guanxi.customer.models import PrivacyRequest

NAME = "erasures.jsonl"


class Line(TypedDict):
    """One erasure: the request's number, what becomes of the facts, the rule by which nobody had to ask, the parties,
    and the hashes that tell them."""

    request: int
    facts: str
    rule: NotRequired[str]
    parties: list[int]
    digests: list[str]


def place() -> Path:
    return Path(settings.GUANXI_HOME) / NAME


def write(*, request: PrivacyRequest, parties: list[int], digests: list[str]) -> None:
    """Append one line, on the disk before anything is erased. A line that is there stays."""
    if any(each["request"] == request.pk and each["parties"] == parties for each in lines()):
        return
    line: Line = {
        "request": request.pk, "facts": request.facts, "rule": request.rule, "parties": parties, "digests": digests,
    }  # fmt: skip
    with place().open("a") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def lines() -> list[Line]:
    """All erasures of this installation, oldest first; a half-written last line is passed over."""
    found: list[Line] = []
    if place().exists():
        for text in place().read_text().splitlines():
            try:
                found.append(json.loads(text))
            except ValueError:
                continue
    return found
