"""What is left of an erased customer in rows about others: audit trail, notices, notes about other customers."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import reduce
from operator import and_
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from guanxi.customer.models import Event, PrivacyRequest
from guanxi.customer.privacy.naming import theirs_alone, unmistakable
from guanxi.customer.privacy.subject import Subject
from guanxi.customer.privacy.texts import written
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.push.models import Notice

ERASED = "[erased]"
# A letter or digit of a script that parts its words; Chinese, Japanese and Korean do not.
LETTER = r"[^\W_\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?", re.ASCII)  # undoing reads it back
KEYS = {"field", "kind", "purpose", "channel"}  # facts under these names are words of the program, never of people
PARTING = r"[\s,_.-]+"
NAME = re.compile(r"[\w.:-]+", re.ASCII)  # such as “merges” or “reason:empty”; what people are called by is no key
# What the program wrote about another customer and this one; in what people wrote, a name may mean somebody else.
NAMING = ("customer.merged", "customer.merge_undone", "customer.split_off", "customer.split_undone", "customer.related")

TYPED_OVER = "customer.corrected_together"


def erase_traces(_request: PrivacyRequest, subject: Subject) -> dict[str, int]:
    """Blank the customer's addresses, numbers and whole names wherever they stand as text.

    Where the program wrote whom another customer was merged with or stands beside, every name goes. Anywhere else, a
    name that may mean somebody else stays (a first name, one that another bears, “2011”); `mentions` counts the rows
    of what people wrote that hold one.
    """
    about = [f"party:{pk}" for pk in subject.parties]
    Entry.objects.filter(subject__in=about).update(facts={})
    _take_out_of_corrections(subject.parties)
    pointers, names = theirs_alone(subject.pointers), unmistakable(subject.names)
    telling = [*pointers, *names]
    blank(Event.objects.filter(kind__in=NAMING), "facts", subject.names)
    counts = {
        "audit.Entry": blank(Entry.objects.all(), "facts", telling),
        "push.Notice": blank(Notice.objects.all(), "payload", telling),
    }
    return {**counts, **_blank_written(telling, subject.names)}


@transaction.atomic
def _take_out_of_corrections(parties: Collection[int]) -> None:
    """What was typed over of many customers at once is about each: the customer's part of it goes. What was typed stays
    for the others, who can still be given back theirs, and goes with the last of them."""
    gone = {str(pk) for pk in parties}
    typed = Entry.objects.filter(verb=TYPED_OVER, facts__before__has_any_keys=sorted(gone))
    for entry in typed.select_for_update().order_by("pk"):
        before = {party: was for party, was in entry.facts["before"].items() if party not in gone}
        Entry.objects.filter(pk=entry.pk).update(facts={**entry.facts, "before": before} if before else {})


def _blank_written(values: list[str], names: list[str]) -> dict[str, int]:
    """What colleagues wrote, without the values; changed rows of each table that had any, and how many rows of all
    still hold one of the names."""
    counts: Counter[str] = Counter()
    for model, column in written():
        changed, mentions = _swept(model._base_manager.all(), column, values, names)
        counts.update({model._meta.label: changed, "mentions": mentions})
    return {label: rows for label, rows in counts.items() if rows or label == "mentions"}


def blank(rows: QuerySet[Any], column: str, values: list[str]) -> int:
    """Replace the values as words in the column of the rows that hold any; how many rows."""
    changed, _mentions = _swept(rows, column, values, [])
    return changed


def _swept(rows: QuerySet[Any], column: str, values: list[str], names: list[str]) -> tuple[int, int]:
    changed = mentions = 0
    for row in _holding(rows, column, [*values, *names]).only("pk", column).iterator(chunk_size=1000):
        said = getattr(row, column)
        kept = without(said, values)
        if kept != said:
            _blank(row, column, values)
            changed += 1
        mentions += without(kept, names) != kept
    return changed, mentions


@transaction.atomic
def _blank(row: Model, column: str, values: list[str]) -> None:
    """Read anew and held: what a colleague saved since the row was found is not undone."""
    found = type(row)._base_manager.filter(pk=row.pk)
    for held in found.select_for_update(of=("self",)).only("pk", column):
        text = without(getattr(held, column), values)
        try:
            with transaction.atomic():
                found.update(**{column: _fitting(row, column, text)})
        except IntegrityError:  # two that may not be called the same
            found.update(**{column: _fitting(row, column, f"{row.pk} {text}")})


def _fitting(row: Model, column: str, text: Any) -> Any:
    """A text cut to what its column holds: the mark may be longer than what it replaces."""
    return text[: getattr(row._meta.get_field(column), "max_length", None)] if isinstance(text, str) else text


def _holding(rows: QuerySet[Any], column: str, values: Iterable[str]) -> QuerySet[Any]:
    """The rows in whose column all words of any of the values occur, as PostgreSQL writes them in JSON."""
    found = Q()
    for words in (value.split() for value in values):
        parts = (Q(as_written__icontains=json.dumps(word, ensure_ascii=False)[1:-1]) for word in words)
        found |= reduce(and_, parts, Q())
    return rows.annotate(as_written=Cast(column, TextField())).filter(found) if found else rows.none()


def without(facts: Any, values: Collection[str]) -> Any:
    """The same facts with each value blanked where it stands as a word of its own, the longest first.

    “Al” is no word in “Alice”. Scripts that put no space between words have no such bounds: there the value counts as
    it stands. What the program reads back stays: names of facts, its own keys, moments; a sentence that is counted is
    no name.
    """
    return _without(facts, _words(values)) if values else facts


def _without(facts: Any, words: re.Pattern[str]) -> Any:
    if isinstance(facts, str):
        return facts if MOMENT.fullmatch(facts) else words.sub(ERASED, facts)
    if isinstance(facts, dict):
        return {
            name if NAME.fullmatch(name) else words.sub(ERASED, name): each if name in KEYS else _without(each, words)
            for name, each in facts.items()
        }
    return [_without(each, words) for each in facts] if isinstance(facts, list) else facts


def _words(values: Collection[str]) -> re.Pattern[str]:
    return re.compile("|".join(_word(value) for value in sorted(set(values), key=len, reverse=True)))


def _word(value: str) -> str:
    """Words stand apart by any sign that parts words in texts and file names; capitals tell only a single word's name
    from others."""
    before = f"(?<!{LETTER})" if re.match(LETTER, value[0]) else ""
    after = f"(?!{LETTER})" if re.match(LETTER, value[-1]) else ""
    case = "(?:" if value.isalpha() else "(?i:"
    return f"{before}{case}{PARTING.join(map(re.escape, value.split()))}){after}"
