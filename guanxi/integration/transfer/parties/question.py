from dataclasses import dataclass
from pathlib import Path

from guanxi.integration.transfer.plan import Plan


@dataclass(frozen=True)
class Question:
    """Which rows to read, and how. `country` reads phone numbers of rows that name none."""

    plan: Plan
    prepared: Path
    rows: Path
    first: int
    last: int
    country: str
    language: str
