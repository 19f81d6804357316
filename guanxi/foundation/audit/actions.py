from datetime import datetime
from typing import Any

from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry


def record(*, verb: str, by: User | None, at: datetime, subject: str = "", **facts: Any) -> Entry:
    """Append one line to the audit trail, within the caller's transaction."""
    return Entry.objects.create(verb=verb, by=by, at=at, subject=subject, facts=facts)
