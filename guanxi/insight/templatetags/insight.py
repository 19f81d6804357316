"""`{% load insight %}`: words of insight in templates."""

from django import template

from guanxi.foundation.ui import formats
from guanxi.insight.models import ModelCard
from guanxi.insight.queries.lessons import lesson
from guanxi.insight.questions import Measure, Question, Unit
from guanxi.insight.words import method_name

register = template.Library()
register.filter("method", method_name)
register.filter("lesson", lesson)


@register.filter
def end(value: float, digits: int = 0) -> str:
    """One end of an interval, with a real minus."""
    return formats.number(value, digits)


@register.simple_tag(takes_context=True)
def answer(context: template.Context, question: Question, value: float) -> str:
    """An answer to a question, in its unit."""
    return _written(context, question.unit, value, question.digits)


@register.simple_tag(takes_context=True)
def measured(context: template.Context, card: ModelCard, measure: Measure) -> str:
    """What a measure says of a method."""
    return _written(context, measure.unit, card.figure(measure.key), measure.digits)


@register.simple_tag(takes_context=True)
def measured_beside(context: template.Context, card: ModelCard, measure: Measure) -> str:
    """What a measure says of the baseline beside it."""
    return _written(context, measure.unit, card.beside(measure.key), measure.digits)


def _written(context: template.Context, unit: Unit, value: float | None, digits: int) -> str:
    if value is None:
        return formats.DASH
    if unit == "money":
        return formats.money(value, context["company"].currency, whole=True)
    return formats.percent(value, digits) if unit == "share" else formats.number(value, digits)


@register.filter
def size(share: float) -> str:
    """A change without its sign, in percent."""
    return formats.percent(abs(share))
