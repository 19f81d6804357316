"""`{% load questioning %}`: questions to tables in the components of the design system."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.foundation.ui import parts
from guanxi.integration.transfer.questions.columns import Column, Kind
from guanxi.integration.transfer.questions.models import Question
from guanxi.integration.transfer.questions.reading import Answer

register = template.Library()
SIGNALS = {
    "found": (gettext_lazy("can be told"), "good"),
    "none": (gettext_lazy("no signal"), "quiet"),
    "together": (gettext_lazy("only together"), "due"),
    "leak": (gettext_lazy("a column to be decided on"), "due"),
    "few": (gettext_lazy("too few rows"), "due"),
}
TONES = {Question.State.FAILED: "bad", Question.State.WAITING: "info"}
KINDS = {
    Kind.NUMBER: gettext_lazy("numbers"),
    Kind.WORDS: gettext_lazy("words"),
    Kind.DATE: gettext_lazy("dates"),
    Kind.NAMES: gettext_lazy("names or free text: different in nearly every row"),
    Kind.EMPTY: gettext_lazy("the same in every row, or empty"),
}


@register.simple_tag
def answer_chip(answer: Answer) -> SafeString:
    """The answer as a chip, or where the question stands."""
    state = answer.question.state
    said, tone = SIGNALS.get(answer.signal, (state.label, TONES.get(state, "quiet")))
    return parts.chip(str(said), tone)


@register.simple_tag
def column_kind(column: Column) -> str:
    """What stands in a column, with the commonest values where they are few."""
    values = ", ".join(column.words[:4])
    if column.kind is Kind.WORDS and values:
        return _("words: %(values)s") % {"values": values}
    return str(KINDS[column.kind])
