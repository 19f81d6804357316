"""Who may hear what. A topic is `kind:which`, such as ``refresh:12``; an app opens its kinds with a door at start.

Deny by default: a kind that nobody opened cannot be spoken about, and nobody hears it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guanxi.foundation.accounts.models import User

Door = Callable[["User", str], bool]

_doors: dict[str, Door] = {}


class UnknownTopicError(Exception):
    """No app has opened this kind of topic."""


def open_topic(kind: str, door: Door) -> None:
    """Let notices of this kind be heard by whom the door admits; it gets the colleague and the part behind the colon.

    A door runs in a thread and may ask the database.
    """
    _doors[kind] = door


def require_topic(topic: str) -> None:
    """Raise UnknownTopicError unless the topic's kind has a door."""
    if topic.partition(":")[0] not in _doors:
        raise UnknownTopicError(topic)


def may_hear(user: "User", topic: str) -> bool:
    """Whether this colleague may hear this topic."""
    kind, _, which = topic.partition(":")
    door = _doors.get(kind)
    return door is not None and door(user, which)
