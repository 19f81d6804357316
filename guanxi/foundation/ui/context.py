"""What the frame around every page needs: the rail, the Create menu, theme, language, company and its clock."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.clock import now
from guanxi.foundation.company.queries import current
from guanxi.foundation.push.address import push_url
from guanxi.foundation.ui.rail import actions, places
from guanxi.foundation.ui.theme import theme_of
from guanxi.foundation.ui.words import words


def frame(request: HttpRequest) -> dict[str, Any]:
    """Everything is lazy: a fragment that draws no frame pays for none of it."""
    return {
        "rail": SimpleLazyObject(lambda: places(request)),
        "creates": SimpleLazyObject(lambda: [pair for pair in actions(request) if pair[0].creates]),
        "company": SimpleLazyObject(current),
        "now": SimpleLazyObject(now),
        "theme": theme_of(request),
        "language": get_language(),
        "language_tag": "zh-Hans" if get_language() == "zh-hans" else "en",
        "languages": settings.LANGUAGES,
        "words": words,
        "push_url": push_url(request),
        "colleague": request.user if isinstance(getattr(request, "user", None), User) else None,
    }
