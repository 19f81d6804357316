from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guanxi.customer.filters.fields import BadCondition, Field, Names, Value, field
from guanxi.customer.models import Party

SLOT = "\x00"


@dataclass(frozen=True)
class Condition:
    """One checked condition."""

    field: Field
    comparison: str
    value: Value


@dataclass(frozen=True)
class Phrase:
    """A condition as words around its slot: `before` "in stage", `value` "Decline or Lost", `after` ""."""

    condition: Condition
    before: str
    value: str
    after: str


def read_conditions(raw: object) -> list[Condition]:
    """Check conditions as they are stored: [[field, comparison, value], …]. Raises BadCondition."""
    if not isinstance(raw, list):
        raise BadCondition(_("Conditions are a list."))
    return [_read(each) for each in raw]


def _read(raw: object) -> Condition:
    if not isinstance(raw, list | tuple) or len(raw) != 3:
        raise BadCondition(_("A condition needs a field, a comparison and a value."))
    key, comparison, value = raw
    asked, comparison = field(str(key)), str(comparison)
    if comparison not in asked.phrases:
        raise BadCondition(
            _("“%(field)s” cannot be compared by “%(how)s”.") % {"field": asked.label, "how": comparison}
        )
    return Condition(asked, comparison, asked.read(comparison, value))


def as_json(conditions: Iterable[Condition]) -> list[list[Any]]:
    """Conditions as they are stored."""
    return [[each.field.key, each.comparison, each.value] for each in conditions]


def as_text(condition: Condition) -> str:
    """A condition in an address: `stage:in:decline|lost`."""
    value = condition.value
    if isinstance(value, list):
        written = "|".join(value)
    else:
        written = "" if value is None else f"{value:.15g}" if isinstance(value, float) else value
    return f"{condition.field.key}:{condition.comparison}:{written}"


def read_text(text: str) -> Condition:
    """The opposite of `as_text`; raises BadCondition."""
    key, _colon, rest = text.partition(":")
    comparison, _colon, written = rest.partition(":")
    asked = field(key)
    several = comparison in asked.phrases and asked.control(comparison) == "choices"
    return _read([key, comparison, written.split("|") if several else written])


def customers_meeting(conditions: Sequence[Condition], parties: QuerySet[Party], at: datetime) -> QuerySet[Party]:
    """Those of `parties` that meet all conditions, as one query."""
    for each in conditions:
        parties = parties.filter(each.field.where(each.comparison, each.value, at))
    return parties


def phrases(conditions: Iterable[Condition], names: Names | None = None) -> list[Phrase]:
    """The conditions in the reader's language, for a sentence whose slots can be edited."""
    known = names or Names()
    return [_phrase(each, known) for each in conditions]


def _phrase(condition: Condition, names: Names) -> Phrase:
    words = str(condition.field.phrases[condition.comparison]) % {"value": SLOT}
    before, _slot, after = words.partition(SLOT)
    said = condition.field.said(condition.comparison, condition.value, names)
    if not said:  # nothing to fill in: the words themselves can be changed
        return Phrase(condition, "", words, "")
    return Phrase(condition, before.strip(), said, after.strip())


def describe(conditions: Iterable[Condition], names: Names | None = None) -> str:
    """The conditions as one sentence: Customers in stage Decline, with an expected value of at least 1,000.

    Sentences of one page share `names`.
    """
    said = [" ".join(part for part in (p.before, p.value, p.after) if part) for p in phrases(conditions, names)]
    if not said:
        return _("All customers")
    return _("Customers %(conditions)s") % {"conditions": _(", and ").join(said)}
