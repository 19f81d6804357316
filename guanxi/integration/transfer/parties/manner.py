from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language

from guanxi.customer.fields import custom_fields
from guanxi.customer.models import CustomField
from guanxi.foundation.company.queries import current
from guanxi.integration.transfer.plan import Plan


@dataclass(frozen=True)
class Manner:
    """How the rows of a file are read. `country` reads phone numbers of rows that name none; `customs` are the own
    fields that may be mapped."""

    plan: Plan
    prepared: Path
    rows: Path
    country: str
    language: str
    customs: tuple[CustomField, ...]


def manner_of(plan: Plan, prepared: Path, rows: Path) -> Manner:
    """As the company and the language stand; readers in other processes do not ask the database."""
    company = current()
    customs = tuple(each for each in custom_fields() if plan.has(each.name))
    return Manner(plan, prepared, rows, company.country if company else "", get_language() or "", customs)
