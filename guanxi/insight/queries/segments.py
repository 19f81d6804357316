"""What a segment asks for, in words and as a query."""

from django.db.models import F, QuerySet

from guanxi.customer.filters import BadCondition, Names, describe, read_conditions
from guanxi.customer.listing.questions import Question
from guanxi.customer.models import Party
from guanxi.insight.models import Segment

SAMPLE = 6


def asked_by(segment: Segment) -> Question:
    """Its conditions as a question to the customer list. Raises BadCondition."""
    return Question(conditions=tuple(read_conditions(segment.conditions)))


def said(segment: Segment, names: Names | None = None) -> str:
    """Its conditions as a sentence; lists share `names` among their rows; when one is no longer understood, that."""
    try:
        return describe(asked_by(segment).conditions, names)
    except BadCondition as problem:
        return str(problem)


def sample_of(members: QuerySet[Party]) -> list[Party]:
    """A few members, those with most revenue in the last year first."""
    return list(
        members.select_related("reading").order_by(F("reading__revenue_year").desc(nulls_last=True), "pk")[:SAMPLE]
    )
