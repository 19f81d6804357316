"""What a person reads when a page cannot be shown: what happened, what is safe, what to do."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAFE = _("Nothing was changed and nothing is lost.")


@dataclass(frozen=True)
class Failure:
    """The sentences of one kind of error page."""

    status: int
    title: str | Promise
    happened: str | Promise
    do: str | Promise
    safe: str | Promise = SAFE


BAD_REQUEST = Failure(
    400,
    _("This request makes no sense to us"),
    _("The address or the form held something that cannot be read."),
    _("Go back, check what you entered, and try again."),
)
UNSIGNED = Failure(
    403,
    _("This form is too old"),
    _("It was opened before you logged in or out, or your browser keeps no cookies."),
    _("Go back, load the page again, and send the form once more."),
)
FORBIDDEN = Failure(
    403,
    _("This is not yours to open"),
    _("Your role does not include what this page does."),
    _("Ask your administrator for the right if your work needs it."),
)
NOT_FOUND = Failure(
    404,
    _("There is nothing at this address"),
    _("It was moved, merged or deleted, or it is not yours to see."),
    _("Search for it by name, or go to Today."),
)


def show(request: HttpRequest, failure: Failure) -> HttpResponse:
    """The error page; only its sentences for a part of a page."""
    name = "ui/_failure.html" if request.headers.get("HX-Request") else "ui/failure.html"
    return render(request, name, {"failure": failure}, status=failure.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return show(request, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return show(request, FORBIDDEN)


def unsigned(request: HttpRequest, reason: str = "") -> HttpResponse:
    return show(request, UNSIGNED)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return show(request, NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:
    """Our own fault: this page asks neither database nor session, which may be what failed."""
    return render(None, "ui/failed.html", status=500)
