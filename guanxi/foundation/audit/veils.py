"""Facts on the trail that not every reader of it may see. Whoever writes such facts says when they are hidden."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from guanxi.foundation.audit.models import Entry

if TYPE_CHECKING:
    from guanxi.foundation.accounts.models import User

Veil = Callable[["User", Entry], Iterable[str]]  # the names of the facts that are hidden from the reader

_veils: list[Veil] = []


def veil(new: Veil) -> None:
    """Called once by each app that needs it, when it starts."""
    _veils.append(new)


def facts_for(user: "User", entry: Entry) -> dict[str, Any]:
    """What the entry says, as this colleague may read it."""
    hidden = {name for each in _veils for name in each(user, entry)}
    return {name: _("hidden") if name in hidden else fact for name, fact in entry.facts.items()}
