"""By which names nobody else can be meant: those go from what colleagues wrote about others, the rest are counted."""

import re
from collections.abc import Collection, Iterator

from django.db.models import Q, QuerySet

from guanxi.customer.models import Identifier, Party
from guanxi.foundation.accounts.models import User

# Three signs of a script that puts no space between words: 魏诗涵 is somebody, 王伟 is many.
UNSPACED = re.compile(r"[\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff·]{3,}")


def unmistakable(names: Collection[str]) -> list[str]:
    """Whole names (two words, or three Chinese signs) that nobody on record and no colleague bears; also last name
    first. Asked when the customer is gone from the record."""
    return list(dict.fromkeys(way for name in names if _is_whole(name) and not _is_borne(name) for way in _ways(name)))


def theirs_alone(pointers: Collection[str]) -> list[str]:
    """The addresses and numbers that nobody else on record has: a family's telephone stays the family's."""
    others = Identifier.objects.filter(Q(value__in=pointers) | Q(raw__in=pointers)).values_list("value", "raw")
    shared = {text for pair in others for text in pair}
    return [each for each in pointers if each not in shared]


def words_of_names(names: Collection[str]) -> list[str]:
    """Every word of the names: for a text of which it is known whom it is about."""
    return [word for name in names for word in name.split() if len(word) > 1]


def _is_whole(name: str) -> bool:
    return len(name.split()) > 1 or UNSPACED.fullmatch(name) is not None


def _is_borne(name: str) -> bool:
    bearers: list[QuerySet[Party] | QuerySet[User]] = [
        Party.ever.filter(Q(name__iexact=name) | Q(latin_name__iexact=name)),
        User.objects.filter(name__iexact=name),
    ]
    return any(each.exists() for each in bearers)


def _ways(name: str) -> Iterator[str]:
    *before, last = name.split()
    yield name
    if before:
        yield " ".join([last, *before])
