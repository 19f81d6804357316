"""How long a claim protects: default, renewal, maximum (docs/record/pool.md)."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Protection:
    """A claim protects until `recycle_at`, which follow-ups move, but never past `maximum_at`."""

    recycle_at: datetime
    maximum_at: datetime


def first_protection(claimed_at: datetime, default_days: int, maximum_days: int) -> Protection:
    """The protection of a fresh claim. Days are spans of 24 hours. Raises ValueError when default exceeds maximum."""
    if default_days > maximum_days:
        raise ValueError("the default protection is longer than the maximum")
    return Protection(claimed_at + timedelta(days=default_days), claimed_at + timedelta(days=maximum_days))


def renewed(protection: Protection, followed_at: datetime, renewal_days: int) -> Protection:
    """After a follow-up: recycle_at = max(recycle_at, follow-up + renewal), never past the maximum."""
    longer = max(protection.recycle_at, followed_at + timedelta(days=renewal_days))
    return Protection(min(longer, protection.maximum_at), protection.maximum_at)
