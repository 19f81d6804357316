"""Pages of higher layers that the insight page leads to: an app offers its own when it starts."""

from dataclasses import dataclass

from guanxi.foundation.access.doors import may
from guanxi.foundation.accounts.models import User
from guanxi.foundation.ui.navigation import Text


@dataclass(frozen=True)
class Page:
    """A label, where it leads, and the verb without which it is not shown."""

    label: Text
    url_name: str
    verb: str


_offered: dict[str, Page] = {}


def offer(label: Text, url_name: str, verb: str) -> None:
    """Let the insight page lead there. Offering it twice is offering it once."""
    _offered[url_name] = Page(label, url_name, verb)


def offered_to(user: User) -> list[Page]:
    """What this colleague may open."""
    return [page for page in _offered.values() if may(user, page.verb)]
