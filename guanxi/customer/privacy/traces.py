"""What is left of an erased customer in rows about others: audit trail, notices, notes about other customers."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from guanxi.customer.models import Event, PrivacyRequest
from guanxi.customer.privacy.subject import Subject
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.push.models import Notice

ERASED = "[erased]"
# What the program wrote about another customer and this one; in what people wrote, a name may mean somebody else.
NAMING = ("customer.merged", "customer.merge_undone", "customer.split_off", "customer.split_undone", "customer.related")


def erase_traces(_request: PrivacyRequest, subject: Subject) -> dict[str, int]:
    """Blank the customer's addresses and numbers wherever they stand as text, and the names in the audit trail.

    Names in what people wrote about other customers stay, because they may mean somebody else; `mentions` counts them.
    """
    about = [f"party:{pk}" for pk in subject.parties]
    Entry.objects.filter(subject__in=about).update(facts={})
    everything = [*subject.pointers, *subject.names]
    blank(Event.objects.filter(kind__in=NAMING), "facts", subject.names)
    return {
        "audit.Entry": blank(Entry.objects.all(), "facts", everything),
        "push.Notice": blank(Notice.objects.all(), "payload", everything),
        "customer.Event": blank(Event.objects.all(), "facts", subject.pointers),
        "mentions": _holding(Event.objects.all(), "facts", subject.names).count(),
    }


def blank(rows: QuerySet[Any], column: str, values: list[str]) -> int:
    """Replace the values in the JSON column of the rows that hold any; how many rows."""
    changed: list[Model] = []
    for row in _holding(rows, column, values).iterator(chunk_size=1000):
        setattr(row, column, without(getattr(row, column), values))
        changed.append(row)
    rows.model._base_manager.bulk_update(changed, [column], batch_size=500)
    return len(changed)


def _holding(rows: QuerySet[Any], column: str, values: Iterable[str]) -> QuerySet[Any]:
    """The rows whose JSON holds any of the values, as PostgreSQL writes it."""
    found = Q()
    for value in values:
        found |= Q(written__contains=json.dumps(value, ensure_ascii=False)[1:-1])
    return rows.annotate(written=Cast(column, TextField())).filter(found) if found else rows.none()


def without(facts: Any, values: list[str]) -> Any:
    """The same facts with each value blanked, the longest first."""
    if isinstance(facts, str):
        for value in sorted(values, key=len, reverse=True):
            facts = facts.replace(value, ERASED)
        return facts
    if isinstance(facts, dict):
        return {without(name, values): without(each, values) for name, each in facts.items()}
    return [without(each, values) for each in facts] if isinstance(facts, list) else facts
