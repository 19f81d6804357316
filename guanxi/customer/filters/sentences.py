"""Conditions in the reader's language: phrases with slots that can be edited, and whole sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guanxi.customer.filters.conditions import AnyOf, Asked, Condition
from guanxi.customer.filters.fields import Names

SLOT = "\x00"


@dataclass(frozen=True)
class Phrase:
    """A condition as words around its slot: `before` "in stage", `value` "Decline or Lost", `after` "".

    `lead` stands before it: "either" and "or" within a group, "not" where it is negated. `place` is where the
    condition stands: (2,), or (2, 0) as the first of a group.
    """

    condition: Condition
    before: str
    value: str
    after: str
    lead: str = ""
    place: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The phrase as it is read."""
        return " ".join(part for part in (self.lead, self.before, self.value, self.after) if part)


def phrases(conditions: Iterable[Asked], names: Names | None = None) -> list[Phrase]:
    """The conditions one after the other, groups opened, for a sentence whose slots can be edited."""
    known = names or Names()
    return [phrase for place, each in enumerate(conditions) for phrase in _said(each, place, known)]


def _said(asked: Asked, place: int, names: Names) -> Iterator[Phrase]:
    if isinstance(asked, AnyOf):
        for inner, each in enumerate(asked.conditions):
            lead = "" if len(asked.conditions) == 1 else _("or") if inner else _("either")
            yield _phrase(each, names, lead, (place, inner))
    else:
        yield _phrase(asked, names, "", (place,))


def _phrase(condition: Condition, names: Names, lead: str, place: tuple[int, ...]) -> Phrase:
    words = str(condition.field.phrases[condition.comparison]) % {"value": SLOT}
    before, _slot, after = words.partition(SLOT)
    lead = " ".join(part for part in (lead, _("not") if condition.negated else "") if part)
    said = condition.field.said(condition.comparison, condition.value, names)
    if not said:  # nothing to fill in: the words themselves can be changed
        return Phrase(condition, "", words, "", lead, place)
    return Phrase(condition, before.strip(), said, after.strip(), lead, place)


def describe(conditions: Iterable[Asked], names: Names | None = None) -> str:
    """The conditions as one sentence: Customers in stage Decline, and either in Leeds or with at least 3 orders.

    Sentences of one page share `names`.
    """
    known = names or Names()
    said = [" ".join(phrase.words for phrase in _said(each, 0, known)) for each in conditions]
    if not said:
        return _("All customers")
    return _("Customers %(conditions)s") % {"conditions": _(", and ").join(said)}
