"""What customers can be asked for. Apps register fields when they start; each knows its comparisons and its words.

Every comparison has a phrase with a slot, such as "in stage %(value)s", so that conditions read as a sentence in any
language. A value is a list of keys, a number, a text, or nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guanxi.customer.normal import plain_day
from guanxi.foundation.access.doors import may
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import figure
from guanxi.foundation.ui import formats

Label = str | Promise
Value = list[str] | float | str | None
Choices = Iterable[tuple[str, Label]]
Control = Literal["choices", "number", "days", "date", "text", "nothing"]
LONGEST = 254
MOST_DAYS = 36_525
MOST_KEYS = 100  # of one choice


class BadCondition(UserError):
    """A condition that no registered field understands."""


def legible(value: object) -> str:
    """A key or a text that the database can compare with; raises BadCondition."""
    text = str(value)
    if "\0" in text or len(text) > LONGEST:
        raise BadCondition(_("A value of this filter cannot be read."))
    return text


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing to ask for. `phrases` maps each comparison to its words; `path` is the lookup from Party.

    With a `verb`, only colleagues who were granted it may ask.
    """

    key: str
    label: Label
    phrases: Mapping[str, Label]
    path: str = ""
    verb: str = ""

    def control(self, comparison: str) -> Control:
        """What a person fills the slot with."""
        raise NotImplementedError

    def read(self, comparison: str, value: object) -> Value:
        """The value checked, from JSON or from a form's texts; raises BadCondition."""
        raise NotImplementedError

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        """The condition on Party, at this moment."""
        raise NotImplementedError

    def weight(self, value: Any) -> int:
        """How many conditions of a question it counts for."""
        return 1

    def said(self, comparison: str, value: Any, names: "Names") -> str:
        """The value in the reader's language."""
        return str(value)

    def options(self) -> list[tuple[str, str]]:
        """What can be chosen, where the control is choices."""
        return []


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of several keys. Comparisons: `in`, `not_in` (which counts customers of whom nothing is known in)."""

    choices: Callable[[], Choices]
    most: int = MOST_KEYS

    def control(self, comparison: str) -> Control:
        return "choices"

    def read(self, comparison: str, value: object) -> list[str]:
        given = value if isinstance(value, list) else [value]
        keys = list(dict.fromkeys(legible(each) for each in given if each not in (None, "")))
        if not keys:
            raise BadCondition(_("Choose at least one for “%(field)s”.") % {"field": self.label})
        if len(keys) > self.most:
            words = {"field": self.label, "most": self.most}
            raise BadCondition(_("Choose at most %(most)s for “%(field)s”.") % words)
        return keys

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        condition = Q(**{f"{self.path}__in": value})
        return condition if comparison == "in" else ~condition

    def said(self, comparison: str, value: Any, names: "Names") -> str:
        known = names.of(self)
        return str(get_text_list([known.get(key, key) for key in value], _("or")))

    def options(self) -> list[tuple[str, str]]:
        return [(str(key), str(label)) for key, label in self.choices()]


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A figure. Comparisons: `at_least`, `at_most`. Customers of whom it is not known meet neither."""

    digits: int | None = 0  # as many as it has, up to three, where None

    def control(self, comparison: str) -> Control:
        return "number"

    def read(self, comparison: str, value: object) -> Value:
        try:
            return figure(str(value).replace(",", "").replace(" ", ""))
        except ValueError:
            raise BadCondition(_("“%(value)s” is not a number.") % {"value": value}) from None

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        return Q(**{f"{self.path}__{'gte' if comparison == 'at_least' else 'lte'}": value})

    def said(self, comparison: str, value: Any, names: "Names") -> str:
        return formats.number(value, self.digits)


@dataclass(frozen=True, kw_only=True)
class Share(Number):
    """A share of one, asked for in hundredths as people write it: 60 and 60% are 0.6."""

    def read(self, comparison: str, value: object) -> Value:
        return super().read(comparison, str(value).replace("%", "").replace("\N{FULLWIDTH PERCENT SIGN}", ""))

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        return super().where(comparison, value / 100, at)

    def said(self, comparison: str, value: Any, names: "Names") -> str:
        return formats.percent(value / 100, self.digits or 0)


@dataclass(frozen=True, kw_only=True)
class Ago(Field):
    """A moment, counted back in days. Comparisons: `within` (the last days), `before` (longer ago), `never`."""

    def control(self, comparison: str) -> Control:
        return "nothing" if comparison == "never" else "days"

    def read(self, comparison: str, value: object) -> Value:
        if comparison == "never":
            return None
        try:
            days = int(figure(value))
        except ValueError:
            raise BadCondition(_("“%(value)s” is not a number of days.") % {"value": value}) from None
        if days > MOST_DAYS:
            raise BadCondition(_("Days are counted back for at most a hundred years."))
        return float(max(0, days))

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        if comparison == "never":
            return Q(**{f"{self.path}__isnull": True})
        border = at - timedelta(days=value)
        return Q(**{f"{self.path}__{'gte' if comparison == 'within' else 'lt'}": border})

    def said(self, comparison: str, value: Any, names: "Names") -> str:
        if comparison == "never":
            return ""
        return ngettext("%(days)s day", "%(days)s days", int(value)) % {"days": formats.number(int(value))}


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A day of the calendar, kept as ISO text. Comparisons: `from`, `until`."""

    def control(self, comparison: str) -> Control:
        return "date"

    def read(self, comparison: str, value: object) -> Value:
        written = str(value[0] if isinstance(value, list) and value else value or "")
        if not written:
            raise BadCondition(_("Choose a day for “%(field)s”.") % {"field": self.label})
        if day := plain_day(written):
            return day
        raise BadCondition(
            _("“%(text)s” is no date for “%(field)s”. Write it as year-month-day, such as 2026-03-31.")
            % {"text": written[:40], "field": self.label}
        )

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        return Q(**{f"{self.path}__{'gte' if comparison == 'from' else 'lte'}": value})

    def said(self, comparison: str, value: Any, names: "Names") -> str:
        return formats.day(date.fromisoformat(value))


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """A text. Comparisons: `is`, `starts`."""

    def control(self, comparison: str) -> Control:
        return "text"

    def read(self, comparison: str, value: object) -> Value:
        text = legible(value[0] if isinstance(value, list) and value else value or "").strip()
        if not text:
            raise BadCondition(_("Write something for “%(field)s”.") % {"field": self.label})
        return text

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        return Q(**{f"{self.path}__{'iexact' if comparison == 'is' else 'istartswith'}": value})


@dataclass(frozen=True, kw_only=True)
class Flag(Field):
    """Something that is so or is not: each comparison has its own condition and needs no value."""

    conditions: Mapping[str, Callable[[datetime], Q]]

    def control(self, comparison: str) -> Control:
        return "nothing"

    def read(self, comparison: str, value: object) -> Value:
        return None

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        return self.conditions[comparison](at)

    def said(self, comparison: str, value: Any, names: "Names") -> str:
        return ""


class Names:
    """What the keys of choices are called, for one page: each field is asked once, however many sentences name it."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}

    def of(self, asked: Field) -> Mapping[str, str]:
        """Key → name."""
        if asked.key not in self._known:
            self._known[asked.key] = dict(asked.options())
        return self._known[asked.key]


_fields: dict[str, Field] = {}
_sources: list[Callable[[], list[Field]]] = []


def register(new: Field) -> None:
    """Make a field known; the last one of a key counts."""
    _fields[new.key] = new


def register_source(source: Callable[[], list[Field]]) -> None:
    """Make fields known that change while the program runs; the source is asked whenever fields are."""
    _sources.append(source)


def field(key: str) -> Field:
    """The registered field, or BadCondition."""
    if key in _fields:
        return _fields[key]
    found = next((each for source in _sources for each in source() if each.key == key), None)
    if found is None:
        raise unknown(key)
    return found


def unknown(key: str) -> BadCondition:
    """What is said of a field that is not there, or not there for this colleague."""
    return BadCondition(_("Customers cannot be asked for “%(key)s”.") % {"key": key})


def fields_for(user: User) -> list[Field]:
    """The fields this colleague may ask for, in the order they were registered; those of sources last."""
    known = [*_fields.values(), *(each for source in _sources for each in source())]
    return [each for each in known if may_ask(user, each)]


def may_ask(user: User, asked: Field) -> bool:
    return not asked.verb or may(user, asked.verb)
