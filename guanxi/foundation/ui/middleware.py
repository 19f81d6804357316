"""Headers that keep a page to itself, the visitor's zone, and a clear word when a form was not signed."""

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation

from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import read_once
from guanxi.foundation.push.address import push_origin
from guanxi.foundation.ui.failures import bad_request

Answer = Callable[[HttpRequest], HttpResponse]
PERMISSIONS = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"
)


def content_security_policy(request: HttpRequest) -> str:
    """Own origin only; no inline script or style, no plug-in, no frame around us, no form that posts elsewhere."""
    push = " ".join(filter(None, ["'self'", push_origin(request)]))
    return "; ".join(
        [
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            f"connect-src {push}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def page_headers(answer: Answer) -> Answer:
    """Add the policy headers to every answer that does not bring its own (the sandboxed mail view does)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", content_security_policy(request))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    return middleware


def reader(answer: Answer) -> Answer:
    """Show dates in the colleague's zone and words in their language; a visitor gets the cookie's language and UTC.

    What a colleague sees is kept by no cache, so it is gone after they log out.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return answer(request)
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        with timezone.override(zone_of(user)), read_once():
            response = answer(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def legible(answer: Answer) -> Answer:
    """Refuse an address or a form that holds a NUL, which no text of ours may hold and PostgreSQL cannot store."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = [request.path, *_texts(request.GET), *_texts(request.POST)]
        if any("\0" in text for text in given):
            return bad_request(request)
        return answer(request)

    return middleware


def _texts(parameters: QueryDict) -> Iterator[str]:
    for name, values in parameters.lists():
        yield name
        yield from map(str, values)


def zone_of(user: User) -> ZoneInfo:
    """The colleague's zone; UTC when the stored name is not known on this machine."""
    try:
        return ZoneInfo(user.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
