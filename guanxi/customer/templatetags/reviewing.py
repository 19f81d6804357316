"""`{% load reviewing %}`: why two records may be one customer, in sentences."""

from collections.abc import Iterable

from django import template

from guanxi.customer.matching.words import Line, agreeing, in_short, in_words
from guanxi.customer.models import Proposal

register = template.Library()
register.filter("agreeing", agreeing)
register.filter("why", in_words)
register.filter("why_masked", in_short)


@register.filter
def weighty(explanation: Iterable[Line]) -> list[Line]:
    """All lines that say something, the weightiest first, whichever way they speak."""
    return sorted((line for line in explanation if line["weight"]), key=lambda line: -abs(line["weight"]))


@register.filter
def before_comparing(proposal: Proposal) -> float:
    """The bits that speak before anything is compared: hardly any two customers are one."""
    return round(proposal.weight - sum(float(line["weight"]) for line in proposal.explanation), 1)
