"""What the audit trail keeps of sensitive fields, and hides from who may not see them."""

from collections.abc import Collection

from guanxi.customer.fields.registry import SENSITIVE, is_sensitive
from guanxi.foundation.access.doors import may
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry

VALUES = ("before", "after")


def sensitive_facts(user: User, entry: Entry) -> Collection[str]:
    """The values of a field that is sensitive now, whatever it was when they were written."""
    return VALUES if is_sensitive(str(entry.facts.get("field", ""))) and not may(user, SENSITIVE) else ()
