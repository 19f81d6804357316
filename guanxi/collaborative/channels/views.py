from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from guanxi.collaborative.channels.actions import settle_doubt
from guanxi.collaborative.channels.queries import (
    STATES,
    for_reading,
    headers,
    outages,
    page_of_messages,
    readable_messages,
    tally_of,
)
from guanxi.collaborative.channels.reasons import reason_said
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number_in
from guanxi.foundation.letters import page_of

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


@require_safe
@requires("outbox.read")
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages by state, the latest first; each colleague sees those to customers they may read."""
    state, programme = request.GET.get("state", ""), whole_number_in(request.GET, "programme")
    if state and state not in STATES:
        raise Http404(state)
    readable = readable_messages(member(request), programme=programme)
    rows, more = page_of_messages(readable, state=state, before=whole_number_in(request.GET, "before"))
    name = "channels/_messages.html" if request.headers.get("HX-Request") else "channels/outbox.html"
    context = {"rows": rows, "more": more, "state": state, "states": STATES, "programme": programme}
    return render(request, name, {**context, "outages": outages()})


@require_safe
@requires("outbox.read")
def tally(request: HttpRequest) -> HttpResponse:
    """How many of a programme's messages are waiting, sent, failed and in doubt: a part for other pages."""
    programme = whole_number_in(request.GET, "programme")
    counted = tally_of(readable_messages(member(request), programme=programme))
    return render(request, "channels/_tally.html", {"tally": counted, "programme": programme})


@require_safe
@requires("outbox.read")
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: its headers, its text in both forms, and every attempt to deliver it."""
    row = for_reading(get_object_or_404(readable_messages(member(request)), pk=pk))
    attempts = list(row.attempts.order_by("-pk"))
    context = {
        "row": row,
        "attempts": attempts,
        "headers": headers(row, attempts),
        "failure": row.failed_at and reason_said(row.error),
        "may_settle": may(request.user, "outbox.settle"),
    }
    return render(request, "channels/message.html", context)


@require_safe
@xframe_options_sameorigin
@requires("outbox.read")
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML form of a message, shut into a sandbox: no script, no request, no cookie, nothing but its own text."""
    row = for_reading(get_object_or_404(readable_messages(member(request)), pk=pk))
    return HttpResponse(page_of(row.subject, row.body), headers={"Content-Security-Policy": SANDBOX})


@require_POST
@requires("outbox.settle")
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """A person found out what became of a message in doubt: it arrived, or it is sent once more."""
    row = get_object_or_404(readable_messages(member(request)), pk=pk)
    try:
        settle_doubt(row=row, has_arrived=request.POST.get("arrived") == "yes", by=member(request), at=clock.now())
    except UserError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Settled."))
    return redirect("channels:message", row.pk)
