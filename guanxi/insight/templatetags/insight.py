"""`{% load insight %}`: words of insight in templates."""

from django import template

from guanxi.foundation.ui import formats
from guanxi.insight.queries.lessons import lesson
from guanxi.insight.words import method_name

register = template.Library()
register.filter("method", method_name)
register.filter("lesson", lesson)


@register.filter
def end(value: float, digits: int = 0) -> str:
    """One end of an interval, with a real minus."""
    return formats.number(value, digits)


@register.simple_tag(takes_context=True)
def predicted(context: template.Context, question: str, value: float, digits: int = 0) -> str:
    """A figure in the unit of what a question asks for: money of the company, or purchase days with `digits`."""
    if question == "expected_value":
        return formats.money(value, context["company"].currency, whole=True)
    return formats.number(value, digits)


@register.filter
def size(share: float) -> str:
    """A change without its sign, in percent."""
    return formats.percent(abs(share))
