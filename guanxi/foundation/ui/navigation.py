"""The rail and the palette know no app: apps register where one can go and what one can do, when they start.

This file imports no model, so that an app may register in its `apps.py`; `rail` says what one colleague sees of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A line of the rail. `verb` is the grant without which it is not shown; `count` the open work, or None."""

    label: Text
    url_name: str
    icon: str
    order: int
    verb: str | None = None
    count: Callable[[HttpRequest], int | None] | None = None
    on_phone: bool = False
    apart: bool = False


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something the palette and the Create menu offer. `creates` puts it in the menu; `key` is printed beside it."""

    label: Text
    url_name: str
    icon: str
    verb: str | None = None
    creates: bool = False
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A record the palette found: what is written, what tells it apart, where it leads."""

    label: str
    url: str
    icon: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Finder:
    """A kind of record the palette can find: the answer to a query, at most a handful, in one database query or two."""

    label: Text
    find: Callable[[HttpRequest, str], list[Found]]
    verb: str | None = None
    order: int = 0


@dataclass(frozen=True, kw_only=True)
class Corner:
    """A page that the palette leads to who asks for it, and the rail does not show. `inside` is where it belongs."""

    label: Text
    inside: Text
    url_name: str
    icon: str
    verb: str | None = None


_destinations: dict[str, Destination] = {}
_actions: dict[str, Action] = {}
_finders: list[Finder] = []
_corners: list[Callable[[], Iterable[Corner]]] = []


def go(destination: Destination) -> None:
    """Register a line of the rail; the last one of a URL name counts."""
    _destinations[destination.url_name] = destination


def do(action: Action) -> None:
    """Register an action for the palette; the last one of a URL name counts."""
    _actions[action.url_name] = action


def find(finder: Finder) -> None:
    """Register a kind of record for the palette."""
    _finders.append(finder)


def lead(corners: Callable[[], Iterable[Corner]]) -> None:
    """Register pages for the palette; they are asked for each time, as others may join them."""
    _corners.append(corners)


def destinations() -> list[Destination]:
    """Every line of the rail, in order, whoever looks."""
    return sorted(_destinations.values(), key=lambda d: d.order)


def all_actions() -> list[Action]:
    """Every action of the palette, in the order of registration."""
    return list(_actions.values())


def all_corners() -> list[Corner]:
    """Every page that only the palette leads to."""
    return [each for corners in _corners for each in corners()]


def all_finders() -> list[Finder]:
    """Every kind of record the palette can find, in order."""
    return sorted(_finders, key=lambda f: f.order)
