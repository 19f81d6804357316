"""How a page reaches the push process: same host, next port, or what GUANXI_PUSH_URL says behind a proxy."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

PATH = "/notices"


def push_url(request: HttpRequest) -> str:
    """The address of the stream for the page being made; empty when no push process runs."""
    origin = push_origin(request)
    return str(settings.PUSH_URL or (origin and origin + PATH))


def push_origin(request: HttpRequest) -> str:
    """What the page's ``connect-src`` must name beside its own origin; empty when that suffices."""
    if settings.PUSH_URL:
        parts = urlsplit(settings.PUSH_URL)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    if not settings.PUSH_PORT:
        return ""
    try:
        host = urlsplit(f"//{request.get_host()}").hostname or ""
    except DisallowedHost:  # the page that refuses the request needs no stream
        return ""
    shown = f"[{host}]" if ":" in host else host
    return f"{request.scheme}://{shown}:{settings.PUSH_PORT}"
