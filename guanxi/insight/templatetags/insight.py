"""`{% load insight %}`: words of insight in templates."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.foundation.ui import formats
from guanxi.insight.models import ModelCard
from guanxi.insight.queries.lessons import lesson
from guanxi.insight.questions import Measure, Question, Unit
from guanxi.insight.words import PARAMETERS, method_name

CHANCE = gettext_lazy("The difference between the two may be chance.")
LEAST = 0.01  # a chance below it is not written as a figure

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
def sure(context: template.Context, card: ModelCard, measure: Measure) -> str:
    """The 95 % interval of what a measure says of a method, where its card knows one."""
    low, high = card.figure(f"{measure.key}_low"), card.figure(f"{measure.key}_high")
    if low is None or high is None:
        return ""
    ends = {"low": low, "high": high}
    return _("95%%: %(low)s–%(high)s") % {
        name: _written(context, measure.unit, value, measure.digits) for name, value in ends.items()
    }


@register.simple_tag(takes_context=True)
def parted(context: template.Context, used: ModelCard, other: ModelCard, measure: Measure) -> str:
    """How sure it is that the method used does better than another; nothing where nothing is known of it."""
    less, low, high = (other.figure(name) for name in ("behind", "behind_low", "behind_high"))
    if less is None or low is None or high is None:
        return _within(used, other, measure)
    ends = {"less": less, "low": low, "high": high}
    said = _("Per customer it errs less by %(less)s (95%%: %(low)s to %(high)s).") % {
        name: _written(context, measure.unit, value, measure.digits) for name, value in ends.items()
    }
    return f"{said} {CHANCE}" if low <= 0 else said


def _within(used: ModelCard, other: ModelCard, measure: Measure) -> str:
    low, high = used.figure(f"{measure.key}_low"), used.figure(f"{measure.key}_high")
    figure = other.figure(measure.key)
    return str(CHANCE) if low is not None and high is not None and figure is not None and low <= figure <= high else ""


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
def chance(share: float) -> str:
    """A chance in percent. One that rounds to nothing or to certainty is neither, and so is called less or more."""
    if share < LEAST:
        return _("below %(share)s") % {"share": formats.percent(LEAST)}
    if share > 1 - LEAST:
        return _("above %(share)s") % {"share": formats.percent(1 - LEAST)}
    return formats.percent(share)


@register.filter
def parameter(name: str) -> str:
    """A parameter of a model, or of a part of it (`gamma_gamma.p`), in words where it has any."""
    part, _dot, own = name.rpartition(".")
    said = str(PARAMETERS.get(own, own))
    return f"{method_name(part)}: {said}" if part else said


@register.filter
def size(share: float) -> str:
    """A change without its sign, in percent."""
    return formats.percent(abs(share))
