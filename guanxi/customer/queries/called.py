"""Colleagues and teams by what they are called, for who looks for their customers."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from guanxi.customer.normal import fold, plain_text
from guanxi.customer.search import name_words
from guanxi.foundation.access.models import Team
from guanxi.foundation.accounts.models import User

MOST = 3
SHORTEST = 2  # letters; a Chinese character is enough


@dataclass(frozen=True)
class Book:
    """All customers whom a colleague or a team looks after."""

    name: str
    is_team: bool
    address: str


def books_called(text: str) -> list[Book]:
    """Those whose names, or the pinyin of them, hold words that begin so: at most three colleagues and three teams."""
    words = fold(plain_text(text)).split()
    if not words or (len("".join(words)) < SHORTEST and text.isascii()):
        return []
    people = User.objects.filter(is_active=True).order_by("name").values_list("pk", "name")
    teams = Team.objects.order_by("name").values_list("pk", "name")
    return [
        Book(name, field == "team", f"{reverse('customer:customers')}?{urlencode({'where': f'{field}:in:{pk}'})}")
        for field, rows in (("owner", people), ("team", teams))
        for pk, name in [row for row in rows if _is_called(row[1], words)][:MOST]
    ]


def _is_called(name: str, words: list[str]) -> bool:
    known = (fold(name), *name_words(name))
    return all(any(each.startswith(word) for each in known) for word in words)
