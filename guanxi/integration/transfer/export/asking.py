"""Which customers an export is about: the question of the list, within what the colleague may take out."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from guanxi.customer.access import visible_parties
from guanxi.customer.listing.questions import Question, read_question
from guanxi.customer.models import Party
from guanxi.foundation.accounts.models import User

Pairs = Sequence[Sequence[str]]


def question_of(pairs: Pairs, user: User) -> Question:
    """The question as it was kept with the export. Raises BadCondition."""
    return read_question(QueryDict(urlencode([(name, text) for name, text in pairs])), None, user)


def customers_of(pairs: Pairs, user: User, at: datetime) -> QuerySet[Party]:
    """The customers whom the question finds and the colleague may see and take out, by name. Raises BadCondition."""
    found = question_of(pairs, user).of(visible_parties(user), at)
    return (found & visible_parties(user, "customer.export")).order_by("sort_key", "pk")
