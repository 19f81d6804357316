"""What is left of an erased customer in rows about others: audit trail, notices, notes about other customers."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from guanxi.customer.models import Event, PrivacyRequest
from guanxi.customer.privacy.subject import Subject
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.push.models import Notice

ERASED = "[erased]"
# A letter or digit of a script that parts its words; Chinese, Japanese and Korean do not.
LETTER = r"[^\W_\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
NAME = re.compile(r"[\w.:-]+", re.ASCII)  # such as “merges” or “reason:empty”; what people are called by is no key
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
        "mentions": sum(1 for _ in _blanked(Event.objects.all(), "facts", subject.names)),
    }


def blank(rows: QuerySet[Any], column: str, values: list[str]) -> int:
    """Replace the values in the JSON column of the rows that hold any; how many rows."""
    changed: list[Model] = []
    for row, facts in _blanked(rows, column, values):
        setattr(row, column, facts)
        changed.append(row)
    rows.model._base_manager.bulk_update(changed, [column], batch_size=500)
    return len(changed)


def _blanked(rows: QuerySet[Any], column: str, values: list[str]) -> Iterator[tuple[Model, Any]]:
    """The rows that hold any of the values as words, each with what its column becomes."""
    for row in _holding(rows, column, values).iterator(chunk_size=1000):
        facts = without(getattr(row, column), values)
        if facts != getattr(row, column):
            yield row, facts


def _holding(rows: QuerySet[Any], column: str, values: Iterable[str]) -> QuerySet[Any]:
    """The rows whose JSON holds any of the values, as PostgreSQL writes it."""
    found = Q()
    for value in values:
        found |= Q(written__contains=json.dumps(value, ensure_ascii=False)[1:-1])
    return rows.annotate(written=Cast(column, TextField())).filter(found) if found else rows.none()


def without(facts: Any, values: Collection[str]) -> Any:
    """The same facts with each value blanked where it stands as a word of its own, the longest first.

    “Al” is no word in “Alice”. Scripts that put no space between words have no such bounds: there the value counts as
    it stands. Names of facts stay, because the program reads them; a sentence that is counted is no name.
    """
    return _without(facts, _words(values)) if values else facts


def _without(facts: Any, words: re.Pattern[str]) -> Any:
    if isinstance(facts, str):
        return words.sub(ERASED, facts)
    if isinstance(facts, dict):
        return {
            name if NAME.fullmatch(name) else words.sub(ERASED, name): _without(each, words)
            for name, each in facts.items()
        }
    return [_without(each, words) for each in facts] if isinstance(facts, list) else facts


def _words(values: Collection[str]) -> re.Pattern[str]:
    return re.compile("|".join(_word(value) for value in sorted(set(values), key=len, reverse=True)))


def _word(value: str) -> str:
    before = f"(?<!{LETTER})" if re.match(LETTER, value[0]) else ""
    after = f"(?!{LETTER})" if re.match(LETTER, value[-1]) else ""
    return before + re.escape(value) + after
