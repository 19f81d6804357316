"""Addresses that come from outside are trusted only after they were checked."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme, urlsafe_base64_decode

from guanxi.foundation.accounts.models import User


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: the asked page when it is ours, else the first page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return our_page(asked, otherwise=str(settings.LOGIN_REDIRECT_URL))


def our_page(asked: str, *, otherwise: str) -> str:
    """The path that was asked for. Anything else could lead elsewhere, or would be taken for the name of a page."""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else otherwise


def user_of_link(who: str) -> User | None:
    """The colleague a reset link names; None when it names nobody."""
    try:
        return User.objects.filter(pk=urlsafe_base64_decode(who).decode(), is_active=True).first()
    except (ValueError, OverflowError):
        return None
