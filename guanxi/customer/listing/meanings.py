"""Did you mean …: what the search words of a list were probably meant to be."""

from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from guanxi.customer.listing.questions import Question
from guanxi.customer.models import Party
from guanxi.customer.search import meant

LITTLE = 3  # customers found; fewer may come of a slip


def probably_meant(asked: Question, parties: QuerySet[Party], at: datetime, *, found: int) -> Question | None:
    """The question with its misspelt words put right, if hardly anybody was found and it finds any of `parties`.

    So a reader learns no word from the names of customers whom they may not see.
    """
    instead = meant(asked.words) if asked.words and found < LITTLE else None
    if not instead:
        return None
    question = replace(asked, words=instead)
    return question if question.of(parties, at).exists() else None
