"""The door every view comes in through: who has no grant sees the same 404 as for a page that does not exist."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from guanxi.foundation.access.models import Reach
from guanxi.foundation.accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def reach(user: User | AnonymousUser, verb: str) -> Reach | None:
    """How far the user's role carries this verb, or None when it does not. One query a request: grants are kept."""
    if not isinstance(user, User) or not user.is_active:
        return None
    return _grants(user).get(verb)


def may(user: User | AnonymousUser, verb: str) -> bool:
    return reach(user, verb) is not None


def requires(verb: str) -> Callable[[View[P]], View[P]]:
    """Decorate a view: visitors are sent to the log-in page, colleagues without the grant see 404."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not may(request.user, verb):
                raise Http404(verb)
            return view(request, *args, **kwargs)

        return door

    return decorate


def member(request: HttpRequest) -> User:
    """The logged-in colleague, for views behind `requires`."""
    return cast(User, request.user)


def hold_grants(user: User, lines: Iterable[Sequence[str]]) -> None:
    """Keep what was read of this user's grants, (verb, reach) each, for the rest of the request."""
    user._granted = {verb: Reach(far) for verb, far in lines}  # type: ignore[attr-defined]


def _grants(user: User) -> dict[str, Reach]:
    if not hasattr(user, "_granted"):
        hold_grants(user, user.role.grants.values_list("verb", "reach") if user.role else ())
    return cast(dict[str, Reach], user._granted)  # type: ignore[attr-defined]
