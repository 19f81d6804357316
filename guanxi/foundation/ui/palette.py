"""What the palette answers: records, then what can be done, then where one can go, then the other language."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from guanxi.foundation.ui.calling import is_called
from guanxi.foundation.ui.navigation import Found
from guanxi.foundation.ui.rail import actions, corners, finders, places

MOST_WORDS = 5
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
    done, led = _doable(request, query), _reachable(request, query)
    shown = {each.url for each in (*done, *led)}
    led += [each for each in _corners(request, query) if each.url not in shown]
    told = [Group(_("Do"), done), Group(_("Go to"), led), Group(_("Language"), _languages(query))]
    return [group for group in [*records, *told] if group.found]


def instead(request: HttpRequest, query: str) -> list[Group]:
    """What is offered to who found nothing: to look for one of the words, and to enter what is not there yet."""
    words = list(dict.fromkeys(query.split()))
    fewer: list[Found] = [
        Option(label=word, url=f"{reverse('ui:found')}?{urlencode({'q': word})}", icon="search")
        for word in words[:MOST_WORDS]
        if len(words) > 1
    ]
    entered: list[Found] = [
        Option(label=str(a.label), url=url, icon=a.icon, hint=a.key) for a, url in actions(request) if a.creates
    ]
    return [
        group for group in (Group(_("Look for one of the words"), fewer), Group(_("Create"), entered)) if group.found
    ]


def _doable(request: HttpRequest, query: str) -> list[Found]:
    return [Option(label=str(a.label), url=url, icon=a.icon, hint=a.key) for a, url in actions(request, query)]


def _reachable(request: HttpRequest, query: str) -> list[Found]:
    lines = [(place.destination, place.url) for place in places(request)]
    return [Option(label=str(d.label), url=url, icon=d.icon) for d, url in lines if is_called(d.label, query)]


def _corners(request: HttpRequest, query: str) -> list[Found]:
    """Only who asks is led there: they are many."""
    found = corners(request, query) if query else []
    return [Option(label=str(c.label), url=url, icon=c.icon, hint=str(c.inside)) for c, url in found]


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
