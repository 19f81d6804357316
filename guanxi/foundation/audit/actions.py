from datetime import datetime
from typing import TYPE_CHECKING, Any

from guanxi.foundation.audit.models import Entry

if TYPE_CHECKING:  # the trail is written by accounts too, so it must not need them
    from guanxi.foundation.accounts.models import User


def record(*, verb: str, by: "User | None", at: datetime, subject: str = "", **facts: Any) -> Entry:
    """Append one line to the audit trail, within the caller's transaction."""
    return Entry.objects.create(verb=verb, by=by, at=at, subject=subject, facts=facts)
