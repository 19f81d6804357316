"""Light, dark, or as the device: kept on the account, and in a cookie before log-in."""

from django.http import HttpRequest

from guanxi.foundation.accounts.models import User

THEME_COOKIE = "guanxi_theme"


def theme_of(request: HttpRequest) -> str:
    """The theme this page is drawn in: the account's, else the cookie's, else the device's (`auto`)."""
    user = getattr(request, "user", None)
    if isinstance(user, User):
        return user.theme
    asked = request.COOKIES.get(THEME_COOKIE, "")
    return asked if asked in User.Theme.values else User.Theme.AUTO.value
