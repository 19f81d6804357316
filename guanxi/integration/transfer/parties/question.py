from dataclasses import dataclass
from pathlib import Path

from guanxi.customer.fields import custom_fields
from guanxi.customer.models import CustomField
from guanxi.integration.transfer.plan import Plan


@dataclass(frozen=True)
class Question:
    """Which rows to read, and how. `country` reads phone numbers of rows that name none; `customs` are the own
    fields that may be mapped."""

    plan: Plan
    prepared: Path
    rows: Path
    first: int
    last: int
    country: str
    language: str
    customs: tuple[CustomField, ...]


def mapped_fields(plan: Plan) -> tuple[CustomField, ...]:
    """The company's own fields to which columns are mapped; readers in other processes do not ask the database."""
    return tuple(each for each in custom_fields() if plan.has(each.name))
