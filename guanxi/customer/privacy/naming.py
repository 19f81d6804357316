"""By which names nobody else can be meant: those go from what colleagues wrote about others, the rest are counted."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from guanxi.customer.models import Identifier

# Three signs of a script that puts no space between words: 魏诗涵 is somebody, 王伟 is many.
UNSPACED = re.compile(r"[\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff·]{3,}")

PEOPLE = {"accounts.User": ("name",), "customer.Party": ("name", "latin_name")}
# Columns, by model, of what the company calls its own things.
_things: dict[str, tuple[str, ...]] = {
    "customer.Pool": ("name",),
    "customer.SavedView": ("name",),
    "customer.Tag": ("name",),
    "customer.Territory": ("name",),
}


def goes_by(columns: dict[str, tuple[str, ...]]) -> None:
    """Let things that bear these names, by model, keep them when a customer of the same name is erased."""
    _things.update(columns)


def unmistakable(names: Collection[str]) -> list[str]:
    """Whole names (two words, or three Chinese signs) that nobody on record, no colleague and nothing of the company's
    bears; also last name first. Asked when the customer is gone from the record."""
    people, whole = _bearers(PEOPLE), [list(_ways(name)) for name in names if _is_whole(name)]
    mine = (ways for ways in whole if not any(_bear(people, way) for way in ways) and not _is_a_thing(ways, names))
    return list(dict.fromkeys(way for ways in mine for way in ways))


def names_of_things(names: Collection[str]) -> list[str]:
    """Those of a customer's whole names that will stay, because a tag, segment or the like is called the same."""
    return [name for name in names if _is_whole(name) and _is_a_thing(list(_ways(name)), names)]


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


def _bearers(columns: dict[str, tuple[str, ...]]) -> list[tuple[type[Model], str]]:
    return [(apps.get_model(label), column) for label, names in columns.items() for column in names]


def _bear(bearers: list[tuple[type[Model], str]], name: str) -> bool:
    return any(rows.exists() for rows in _called(bearers, name))


def _called(bearers: list[tuple[type[Model], str]], name: str) -> Iterator[QuerySet[Model]]:
    yield from (model._base_manager.filter(**{f"{column}__iexact": name}) for model, column in bearers)


def _is_a_thing(ways: list[str], names: Collection[str]) -> bool:
    """A view or segment that looks for the customer is called after them: that name means nobody else."""
    things = (thing for way in ways for rows in _called(_bearers(_things), way) for thing in rows)
    return any(not _looks_for(getattr(thing, "conditions", []), names) for thing in things)


def _looks_for(conditions: Iterable[Any], names: Collection[str]) -> bool:
    asked = (str(each[-1]).casefold() for each in _single(conditions) if each[0] == "name")
    return any(text and text in name.casefold() for text in asked for name in names)


def _single(conditions: Iterable[Any]) -> Iterator[list[Any]]:
    """The conditions one by one, groups opened (`customer.filters`)."""
    for each in conditions:
        yield from each["any"] if isinstance(each, dict) else [each]


def _ways(name: str) -> Iterator[str]:
    *before, last = name.split()
    yield name
    if before:
        yield " ".join([last, *before])
