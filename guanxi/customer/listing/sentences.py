"""The question as a sentence whose slots are forms: the list and the builder of segments draw the same one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from guanxi.customer.filters import Field, Phrase, bounded, fields_for, permitted, phrases, read_one
from guanxi.customer.listing.questions import Place, Question
from guanxi.foundation.accounts.models import User
from guanxi.foundation.given import whole_number

Address = Callable[[Question], str]


@dataclass(frozen=True)
class Slot:
    """A phrase of the sentence: its place as the form sends it, and the address of the question without it."""

    phrase: Phrase
    place: str
    without: str


@dataclass(frozen=True)
class Sentence:
    """All that the templates need. `added` is the field whose new slot is open, `beside` the place it is an or to."""

    slots: list[Slot]
    fields: list[Field]
    added: Field | None
    beside: str


def sentence(asked: Question, given: QueryDict, address: Address, by: User) -> Sentence:
    """The sentence of a question, for this colleague; `address` says where a changed question is found."""
    slots = [
        Slot(phrase, ".".join(map(str, phrase.place)), address(asked.without(phrase.place)))
        for phrase in phrases(asked.conditions)
    ]
    known = fields_for(by)
    added = next((each for each in known if each.key == given.get("add")), None)
    beside = given.get("beside", "") if asked.holds(read_place(given.get("beside", ""))) else ""
    return Sentence(slots, known, added, beside)


def edited(asked: Question, given: QueryDict, by: User) -> Question:
    """The question after a slot's form was sent: a condition added, replaced or offered as an or.

    Raises BadCondition.
    """
    changed = _changed(asked, given)
    permitted(bounded(changed.conditions), by)
    return changed


def _changed(asked: Question, given: QueryDict) -> Question:
    value = given.getlist("value")
    plain = [given["field"], given.get("comparison", ""), value[0] if len(value) == 1 else value]
    condition = read_one({"not": plain} if "negated" in given else plain)
    place, beside = read_place(given.get("place", "")), read_place(given.get("beside", ""))
    if asked.holds(place):
        return asked.replacing(place, condition)
    return asked.with_choice(beside, condition) if asked.holds(beside) else asked.with_condition(condition)


def read_place(text: str) -> Place:
    """The place written as 2 or 2.0; empty when none is given. Raises Http404 for anything else."""
    return tuple(map(whole_number, text.split("."))) if text else ()
