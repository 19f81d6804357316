"""What the company says of money, read once: all steps of a refresh reckon by the same, also when it is resumed."""

from dataclasses import asdict
from typing import Any

from guanxi.foundation.company.queries import current
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores.terms import Terms


def read_terms(work: Work) -> dict[str, Any]:
    """As the settings have it at this moment."""
    return asdict(Terms.of(current()))


def terms_of(work: Work) -> Terms:
    """As they stood when the refresh began."""
    return Terms(**work.run.steps.get(name="terms").facts)
