"""From what a person types to one condition that the search index answers."""

import re

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.functions import Cast

from guanxi.customer.models import Party
from guanxi.customer.normal import fold, is_chinese, plain_text

_PIECE = re.compile(
    r"[^\s@,;]+@[^\s@,;]*|\+?[\d][\d ().-]{3,}\d"
    r"|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
    r"|[^\W_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
)
MOST_PIECES = 8


def matching(parties: QuerySet[Party], text: str) -> QuerySet[Party]:
    """Those of `parties` that hold every word of `text`; none when there is no word in it."""
    condition = query_text(text)
    return parties.filter(_condition(condition)) if condition else parties.none()


def query_text(text: str) -> str:
    """A tsquery: Chinese by characters and pairs exactly, Latin and digits by prefix, all of them needed."""
    pieces = _PIECE.findall(plain_text(text))[:MOST_PIECES]
    return " & ".join(term for piece in pieces for term in _terms(piece))


def _terms(piece: str) -> list[str]:
    if is_chinese(piece):
        pairs = [piece[i : i + 2] for i in range(len(piece) - 1)] or [piece]
        return [_quoted(pair) for pair in pairs]
    if "@" not in piece and sum(sign.isdigit() for sign in piece) == len(re.sub(r"[ ().+-]", "", piece)):
        return [f"{_quoted(''.join(sign for sign in piece if sign.isdigit()))}:*"]
    return [f"{_quoted(fold(piece))}:*"]


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _condition(text: str) -> "Holds":
    return Holds(F("search_vector"), Cast(Value(text), SearchQueryField()))


class Holds(Func):
    """`vector @@ query` with a query of our own making; Django's lookup would parse it a second time."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
