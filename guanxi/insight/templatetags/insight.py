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
    return formats.number(value, digits).replace("-", "−")


@register.filter
def size(share: float) -> str:
    """A change without its sign, in percent."""
    return formats.percent(abs(share))
