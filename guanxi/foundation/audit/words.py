"""The trail in the reader's words. Each app says what its verbs, subjects and facts mean; the rest stays as written."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Word = str | Promise
Says = Callable[[str], Word]

_verbs: dict[str, Word] = {}
_subjects: dict[str, Word] = {}
_facts: dict[str, Word] = {}
_values: dict[str, dict[str, Word]] = {}
_sayings: dict[str, Says] = {}


def speak(
    *,
    verbs: Mapping[str, Word],
    subjects: Mapping[str, Word] | None = None,
    facts: Mapping[str, Word] | None = None,
    values: Mapping[str, Mapping[str, Word]] | None = None,
    sayings: Mapping[str, Says] | None = None,
) -> None:
    """Called once by each app when it starts.

    Args:
        verbs: what was done, as a sentence without its doer.
        subjects: what a kind of subject is called: the `party` of `party:42`.
        facts: what a fact is called.
        values: by the name of a fact or the kind of a subject, what its values mean.
        sayings: by the same, what says what a value means.
    """
    _verbs.update(verbs)
    _subjects.update(subjects or {})
    _facts.update(facts or {})
    _sayings.update(sayings or {})
    for name, known in (values or {}).items():
        _values.setdefault(name, {}).update(known)


def verbs() -> list[tuple[str, str]]:
    """Every verb with its sentence, in the order of the sentences."""
    return sorted(((verb, str(said)) for verb, said in _verbs.items()), key=lambda pair: pair[1].casefold())


def verb_in_words(verb: str) -> str:
    return str(_verbs.get(verb, verb))


def subject_in_words(subject: str) -> str:
    """`party:42` as “Customer 42”."""
    kind, _colon, which = subject.partition(":")
    return f"{_subjects[kind]} {_said(kind, which)}" if kind in _subjects else subject


def fact_in_words(name: str, value: Any) -> tuple[str, str]:
    """What a fact is called, and what it says."""
    return str(_facts.get(name, name)), _said(name, value)


def _said(name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "; ".join(": ".join(fact_in_words(key, each)) for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_said(name, each) for each in value)
    known = _sayings[name](str(value)) if name in _sayings else _values.get(name, {}).get(str(value))
    return str(known or value)
