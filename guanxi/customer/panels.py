"""Parts of pages that other apps bring: they register a URL name, the page loads the fragment lazily.

The page knows addresses, not apps. A panel's view takes the party's id and comes in through `access.party` itself.
Slots of the customer page: `action` (the next best action, beside value and consent), `aside` (on top of the column of
facts: what presses) and `below` (further down in it: what is looked up).
`today` is the column beside the list of today, and knows no party.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from guanxi.foundation.access.doors import may
from guanxi.foundation.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A fragment for one slot. Without JavaScript its `label` links to the same address."""

    slot: str
    url_name: str
    label: str | Promise
    verb: str = "customer.read"
    order: int = 50


@dataclass(frozen=True)
class Placed:
    """A panel at its address."""

    panel: Panel
    url: str


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel; the last one of a URL name counts."""
    _panels[panel.url_name] = panel


def panels(slot: str, party: int | None, user: User | AnonymousUser) -> list[Placed]:
    """The panels of a slot that this colleague may see, in order; for one customer, or for none."""
    mine = (each for each in _panels.values() if each.slot == slot and may(user, each.verb))
    found = ((each, _address(each, party)) for each in sorted(mine, key=lambda each: each.order))
    return [Placed(panel, url) for panel, url in found if url]


def _address(panel: Panel, party: int | None) -> str:
    """A panel whose app offers no such address is left out, as in the rail."""
    try:
        return reverse(panel.url_name, args=[] if party is None else [party])
    except NoReverseMatch:
        return ""
