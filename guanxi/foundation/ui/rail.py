"""What one colleague sees of the rail and the palette: the places they may open, the actions they may take."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from guanxi.foundation.access.doors import may
from guanxi.foundation.ui.calling import is_called
from guanxi.foundation.ui.navigation import (
    Action,
    Corner,
    Destination,
    Finder,
    all_actions,
    all_corners,
    all_finders,
    destinations,
)


@dataclass(frozen=True)
class Place:
    """A destination as one colleague sees it on one page."""

    destination: Destination
    url: str
    current: bool
    count: int | None


def places(request: HttpRequest) -> list[Place]:
    """The rail of this colleague: what they may open, in order, with the deepest matching line current."""
    seen = [(d, url) for d in destinations() if (url := _open(request, d))]
    here = max((url for _, url in seen if _covers(url, request.path)), key=len, default="")
    return [Place(d, url, url == here, d.count(request) if d.count else None) for d, url in seen]


def actions(request: HttpRequest, query: str = "") -> list[tuple[Action, str]]:
    """What this colleague may do, with the address, filtered by the words of `query`."""
    offered = ((action, _open(request, action)) for action in all_actions())
    return [(action, url) for action, url in offered if url and is_called(action.label, query)]


def corners(request: HttpRequest, query: str) -> list[tuple[Corner, str]]:
    """The pages beside the rail that this colleague may open and the words of `query` mean, with the address."""
    offered = ((corner, _open(request, corner)) for corner in all_corners())
    return [
        (corner, url)
        for corner, url in offered
        if url and (is_called(corner.label, query) or is_called(corner.inside, query))
    ]


def finders(request: HttpRequest) -> list[Finder]:
    """The kinds of record this colleague may look for."""
    return [f for f in all_finders() if f.verb is None or may(request.user, f.verb)]


def _open(request: HttpRequest, entry: Destination | Action | Corner) -> str:
    if entry.verb is not None and not may(request.user, entry.verb):
        return ""
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _covers(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
