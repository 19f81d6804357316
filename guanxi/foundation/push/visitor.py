"""Who is at the other end of a stream: the session cookie is checked as the pages check it."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from guanxi.foundation.accounts.models import User

Headers = dict[str, str]


def colleague(headers: Headers) -> User | None:
    """The logged-in colleague behind the cookie, asked of the database; None for anybody else."""
    request = HttpRequest()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(_session_key(headers))
    user = get_user(request)
    return user if isinstance(user, User) and user.is_active else None


def is_addressed_to_us(headers: Headers) -> bool:
    """Whether the Host header names this installation."""
    host, _ = split_domain_port(headers.get("host", ""))
    return validate_host(host, settings.ALLOWED_HOSTS)


def is_from_our_page(headers: Headers, web_port: int) -> bool:
    """Whether the page that asks is ours: the same host on the web port, or an origin the settings trust.

    A same-origin request (behind a proxy that joins both) names no origin.
    """
    origin = headers.get("origin")
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    page = urlsplit(origin)
    host = urlsplit(f"//{headers.get('host', '')}").hostname
    default_port = 443 if page.scheme == "https" else 80
    return page.hostname == host and (page.port or default_port) == web_port


def _session_key(headers: Headers) -> str | None:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return None
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else None
