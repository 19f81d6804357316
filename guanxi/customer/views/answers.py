"""What a page is told after something was done: a toast with the way back, or a sentence why not."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from guanxi.foundation.audit.models import Entry
from guanxi.foundation.entrance.links import our_page
from guanxi.foundation.errors import UserError

CHANGED = "customers:changed"


def done(request: HttpRequest, text: str, *, back: str, entry: Entry | None = None) -> HttpResponse:
    """Say what was done, with an undo where the audit entry allows it, and refresh what shows customers."""
    if not request.headers.get("HX-Request"):
        messages.success(request, text)
        return redirect(way_back(request, back))
    toast = {"text": text}
    if entry is not None:
        toast["undo"] = reverse("customer:undo", args=[entry.pk])
    return with_triggers(HttpResponse(status=204), {"gx:toast": toast, CHANGED: {}})


def refused(request: HttpRequest, error: UserError, *, back: str) -> HttpResponse:
    """Say what a person can put right; nothing was changed."""
    if not request.headers.get("HX-Request"):
        messages.error(request, str(error))
        return redirect(way_back(request, back))
    return with_triggers(HttpResponse(status=204), {"gx:toast": {"text": str(error), "tone": "error"}})


def with_triggers(response: HttpResponse, triggers: dict[str, object]) -> HttpResponse:
    """Tell htmx which events to raise; ASCII only, because headers hold nothing else."""
    response["HX-Trigger"] = json.dumps(triggers)
    return response


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page the form named, if it is one of ours."""
    return our_page(request.POST.get("next", ""), otherwise=otherwise)
