"""`{% load customers %}`: what pages about customers say."""

import json
from collections.abc import Mapping
from typing import Any

from django import template

from guanxi.customer.filters import Field
from guanxi.customer.listing.cells import TONES
from guanxi.customer.models import Party, Reading
from guanxi.customer.normal import country_name, is_chinese, written_phone
from guanxi.customer.search import name_words

register = template.Library()
register.filter("chinese", is_chinese)
register.filter("dialled", written_phone)
register.filter("country", country_name)
register.filter("stage_tone", lambda stage: TONES.get(Reading.Stage(stage), ""))


@register.filter
def place(party: Party) -> str:
    """City and country, as far as they are known."""
    return ", ".join(part for part in (party.city, country_name(party.country)) if part)


@register.filter
def strength(reading: Reading) -> float | None:
    """The mean of the dimensions that are measured; None before any is."""
    measured = [
        score
        for score in (reading.strength_behaviour, reading.strength_emotion, reading.strength_time)
        if score is not None
    ]
    return sum(measured) / len(measured) if measured else None


@register.filter
def comparisons(asked: Field) -> list[tuple[str, str]]:
    """The ways to compare a field, in words with an ellipsis where the value goes."""
    return [(how, str(words) % {"value": "…"}) for how, words in asked.phrases.items()]


@register.filter
def control_of(asked: Field) -> str:
    """What the slot's form offers: choices, number, days, text or nothing."""
    return asked.control(next(iter(asked.phrases)))


@register.filter
def said(label: object) -> str:
    """What a choice is called and how its Chinese name is said, by which it is found."""
    return " ".join([str(label).casefold(), *name_words(str(label))])


@register.filter
def verbatim(value: object) -> str:
    """A value of a payload as it came; nested ones as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@register.filter
def item(mapping: Mapping[Any, object], key: object) -> object:
    """What a mapping holds under a key."""
    return mapping.get(key, "")


@register.filter("reading")
def reading_of(party: Party) -> Reading | None:
    """What insight has computed of the customer, or None; the relation itself has no nothing in templates."""
    return getattr(party, "reading", None)
