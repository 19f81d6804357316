"""`{% load reviewing %}`: why two records may be one customer, in sentences."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from guanxi.analytical.identity.levels import AGREEING
from guanxi.customer.matching.words import in_short, in_words

register = template.Library()
Line = Mapping[str, Any]


@register.filter
def agreeing(explanation: Iterable[Line]) -> list[Line]:
    """The lines in which the two agree, the weightiest first."""
    return sorted((line for line in explanation if line["level"] in AGREEING), key=lambda line: -line["weight"])


@register.filter
def weighty(explanation: Iterable[Line]) -> list[Line]:
    """All lines that say something, the weightiest first, whichever way they speak."""
    return sorted((line for line in explanation if line["weight"]), key=lambda line: -abs(line["weight"]))


register.filter("why", in_words)
register.filter("why_masked", in_short)
