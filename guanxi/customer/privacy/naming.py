"""By which names nobody else can be meant: those go from what colleagues wrote about others, the rest are counted."""

import re
from collections.abc import Collection, Iterator

from django.apps import apps
from django.db.models import Q

from guanxi.customer.models import Identifier

# Three signs of a script that puts no space between words: 魏诗涵 is somebody, 王伟 is many.
UNSPACED = re.compile(r"[\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff·]{3,}")

# Columns, by model, of what goes by a name on record: who, and what the company calls its tags, pools, segments.
_bearing: dict[str, tuple[str, ...]] = {
    "accounts.User": ("name",),
    "customer.Party": ("name", "latin_name"),
    "customer.Pool": ("name",),
    "customer.SavedView": ("name",),
    "customer.Tag": ("name",),
    "customer.Territory": ("name",),
}


def goes_by(columns: dict[str, tuple[str, ...]]) -> None:
    """Let what bears these names, by model, keep them when a customer of the same name is erased."""
    _bearing.update(columns)


def unmistakable(names: Collection[str]) -> list[str]:
    """Whole names (two words, or three Chinese signs) that nobody on record, no colleague and nothing of the company's
    bears; also last name first. Asked when the customer is gone from the record."""
    whole = [list(_ways(name)) for name in names if _is_whole(name)]
    return list(dict.fromkeys(way for ways in whole if not any(map(_is_borne, ways)) for way in ways))


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
    return any(
        apps.get_model(label)._base_manager.filter(**{f"{column}__iexact": name}).exists()
        for label, columns in _bearing.items()
        for column in columns
    )


def _ways(name: str) -> Iterator[str]:
    *before, last = name.split()
    yield name
    if before:
        yield " ".join([last, *before])
