"""Conditions as people put them: single ones, negated ones, and groups of which any may be met.

As JSON: `["stage", "in", ["lost"]]`, `{"not": [...]}`, `{"any": [[...], {"not": [...]}]}`. In an address:
`stage:in:decline|lost`, with `!` before it `not`, and a group as `any:` with its conditions quoted and parted by `;`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import quote, unquote

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from guanxi.customer.filters.fields import BadCondition, Field, field, may_ask, unknown
from guanxi.customer.filters.fields import Value as Given
from guanxi.customer.models import Party
from guanxi.foundation.accounts.models import User

NOT, ANY = "!", "any:"
MOST_IN_A_GROUP = 20
MOST = 30  # single conditions of one question, those in groups and segments included: more cost the database its memory


@dataclass(frozen=True)
class Condition:
    """One checked condition. Negated, it is met by all whom it does not find, also those of whom nothing is known."""

    field: Field
    comparison: str
    value: Given
    negated: bool = False

    def where(self, at: datetime) -> Q:
        """Whom it finds, at this moment."""
        found = self.field.where(self.comparison, self.value, at)
        return Q(Case(When(found, then=Value(False)), default=Value(True))) if self.negated else found


@dataclass(frozen=True)
class AnyOf:
    """A group of conditions, of which one must be met. Groups are not put into groups."""

    conditions: tuple[Condition, ...]

    def where(self, at: datetime) -> Q:
        """Whom any of them finds."""
        return reduce(or_, (each.where(at) for each in self.conditions))


Asked = Condition | AnyOf


def read_conditions(raw: object) -> list[Asked]:
    """Check conditions as they are stored. Raises BadCondition."""
    if not isinstance(raw, list):
        raise BadCondition(_("Conditions are a list."))
    return bounded(_group(each["any"]) if isinstance(each, dict) and "any" in each else read_one(each) for each in raw)


def bounded(conditions: Iterable[Asked]) -> list[Asked]:
    """The conditions, if they are not too many for one question. Raises BadCondition."""
    asked: list[Asked] = []
    single = 0
    for each in conditions:
        single += sum(one.field.weight(one.value) for one in singly(each))
        if single > MOST:
            raise BadCondition(
                _("A question holds at most %(most)s conditions, those of its segments included.") % {"most": MOST}
            )
        asked.append(each)
    return asked


def singly(asked: Asked) -> Sequence[Condition]:
    """The conditions of a group, or the single one."""
    return asked.conditions if isinstance(asked, AnyOf) else (asked,)


def permitted(conditions: Iterable[Asked], user: User) -> None:
    """Raise BadCondition if any of them asks for what this colleague may not ask for."""
    for one in (one for each in conditions for one in singly(each)):
        if not may_ask(user, one.field):
            raise unknown(one.field.key)


def _group(raw: object) -> AnyOf:
    if not isinstance(raw, list) or not raw or len(raw) > MOST_IN_A_GROUP:
        raise BadCondition(_("A group holds between one and %(most)s conditions.") % {"most": MOST_IN_A_GROUP})
    return AnyOf(tuple(read_one(each) for each in raw))


def read_one(raw: object) -> Condition:
    """Check a single condition, negated or not. Raises BadCondition."""
    if isinstance(raw, dict) and set(raw) == {"not"}:
        return replace(_read(raw["not"]), negated=True)
    return _read(raw)


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


def as_json(conditions: Iterable[Asked]) -> list[Any]:
    """Conditions as they are stored."""
    return [
        {"any": [_as_json(one) for one in each.conditions]} if isinstance(each, AnyOf) else _as_json(each)
        for each in conditions
    ]


def _as_json(condition: Condition) -> Any:
    plain = [condition.field.key, condition.comparison, condition.value]
    return {"not": plain} if condition.negated else plain


def as_text(asked: Asked) -> str:
    """A condition or a group in an address."""
    if isinstance(asked, AnyOf):
        return ANY + ";".join(quote(as_text(each), safe=":|!") for each in asked.conditions)
    value = asked.value
    if isinstance(value, list):
        written = "|".join(value)
    else:
        written = "" if value is None else f"{value:.15g}" if isinstance(value, float) else value
    return f"{NOT if asked.negated else ''}{asked.field.key}:{asked.comparison}:{written}"


def read_text(text: str) -> Asked:
    """The opposite of `as_text`; raises BadCondition."""
    if text.startswith(ANY):
        parts = text.removeprefix(ANY).split(";")
        if len(parts) > MOST_IN_A_GROUP:
            raise BadCondition(_("A group holds between one and %(most)s conditions.") % {"most": MOST_IN_A_GROUP})
        return AnyOf(tuple(_read_text(unquote(each)) for each in parts))
    return _read_text(text)


def _read_text(text: str) -> Condition:
    negated, text = text.startswith(NOT), text.removeprefix(NOT)
    key, _colon, rest = text.partition(":")
    comparison, _colon, written = rest.partition(":")
    asked = field(key)
    several = comparison in asked.phrases and asked.control(comparison) == "choices"
    return replace(_read([key, comparison, written.split("|") if several else written]), negated=negated)


def customers_meeting(conditions: Sequence[Asked], parties: QuerySet[Party], at: datetime) -> QuerySet[Party]:
    """Those of `parties` that meet all conditions, as one query."""
    for each in conditions:
        parties = parties.filter(each.where(at))
    return parties
