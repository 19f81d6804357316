"""What the palette answers: records, then what can be done, then where one can go, then the other language."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from guanxi.foundation.ui.navigation import Found
from guanxi.foundation.ui.rail import actions, finders, places

CHANGE_TO = {"en": "Change to English", "zh-hans": "切换到中文"}


@dataclass(frozen=True)
class Option(Found):
    """A line of the palette; `post` marks one that changes something."""

    post: bool = False


@dataclass(frozen=True)
class Group:
    label: str | Promise
    found: list[Found]


def groups(request: HttpRequest, query: str) -> list[Group]:
    """The answer to `query` in the order it is shown; empty groups are left out."""
    records = [Group(finder.label, finder.find(request, query)) for finder in finders(request)] if query else []
    told = [Group(_("Do"), _doable(request, query)), Group(_("Go to"), _reachable(request, query))]
    language = Group(_("Language"), _languages(query))
    return [group for group in [*records, *told, language] if group.found]


def _doable(request: HttpRequest, query: str) -> list[Found]:
    return [Option(label=str(a.label), url=url, icon=a.icon, hint=a.key) for a, url in actions(request, query)]


def _reachable(request: HttpRequest, query: str) -> list[Found]:
    lines = [(str(place.destination.label), place) for place in places(request)]
    wanted = query.casefold()
    return [Option(label=s, url=p.url, icon=p.destination.icon) for s, p in lines if wanted in s.casefold()]


def _languages(query: str) -> list[Found]:
    hint, wanted = gettext("Change language"), query.casefold()
    lines = [(code, CHANGE_TO[code]) for code, _name in settings.LANGUAGES if code != get_language()]
    return [
        Option(
            label=s,
            url=f"{reverse('entrance:language')}?{urlencode({'language': code})}",
            icon="language",
            hint=hint,
            post=True,
        )
        for code, s in lines
        if wanted in s.casefold() or wanted in hint.casefold()
    ]
