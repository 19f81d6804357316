"""`{% load customers %}`: what pages about customers say."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from guanxi.customer.filters import Field
from guanxi.customer.models import Event, Party, Reading
from guanxi.customer.normal import country_name, is_chinese, written_phone

register = template.Library()
TONES = {
    Reading.Stage.DECLINE: "due",
    Reading.Stage.LOST: "bad",
    Reading.Stage.WON_BACK: "good",
}
register.filter("chinese", is_chinese)
register.filter("dialled", written_phone)
register.filter("country", country_name)


@dataclass(frozen=True)
class Touch:
    """The day of the last thing that happened, and how."""

    day: date
    how: str


@register.filter
def stage_tone(stage: str) -> str:
    """The chip's tone for a stage; it only repeats what the word says."""
    return TONES.get(Reading.Stage(stage), "")


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
def last_touch(party: Party) -> Touch | None:
    """The later of the last contact and the last order."""
    ordered = party.reading.last_order_at if hasattr(party, "reading") else None
    touched = party.touched_at
    if touched and (ordered is None or touched >= ordered):
        channel = getattr(party, "last_channel", "")
        return Touch(local_day(touched), str(Event.Channel(channel).label) if channel else "")
    return Touch(local_day(ordered), _("order")) if ordered else None


@register.filter
def comparisons(asked: Field) -> list[tuple[str, str]]:
    """The ways to compare a field, in words with an ellipsis where the value goes."""
    return [(how, str(words) % {"value": "…"}) for how, words in asked.phrases.items()]


@register.filter
def control_of(asked: Field) -> str:
    """What the slot's form offers: choices, number, days, text or nothing."""
    return asked.control(next(iter(asked.phrases)))


@register.filter
def local_day(moment: datetime) -> date:
    """The reader's calendar day of a moment."""
    return timezone.localtime(moment).date()


@register.filter
def verbatim(value: object) -> str:
    """A value of a payload as it came; nested ones as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@register.filter
def item(mapping: Mapping[str, object], key: str) -> object:
    """What a mapping holds under a key."""
    return mapping.get(key, "")


@register.filter("reading")
def reading_of(party: Party) -> Reading | None:
    """What insight has computed of the customer, or None; the relation itself has no nothing in templates."""
    return getattr(party, "reading", None)
