"""What colleagues write on a customer's page, and what they owe."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer import access
from guanxi.customer.actions import hold_meeting, log_call, write_note
from guanxi.customer.engagement import entries, queries
from guanxi.customer.engagement.files import discard_file, keep_file, place_of
from guanxi.customer.engagement.forms import CallForm, FileForm, MeetingForm, NoteForm, PromiseForm, TaskForm
from guanxi.customer.engagement.modes import MODES, mode_of
from guanxi.customer.engagement.promises import keep_promise, make_promise, withdraw_promise
from guanxi.customer.engagement.tasks import finish_task, set_task
from guanxi.customer.models import Attachment, Event, Promise, Task
from guanxi.customer.views.answers import done, refused, way_back
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError

AHEAD = timedelta(days=1)
Write = Callable[..., object]  # an action that takes the party, what the form said, by and at


@requires("customer.read")
@require_GET
def composer(request: HttpRequest, pk: int) -> HttpResponse:
    """One tab of the composer; a page of its own without JavaScript."""
    party = access.party(member(request), pk)
    mode = mode_of(request.GET.get("compose", ""))
    context = {"party": party, "mode": mode, "modes": MODES.values(), "compose_form": mode.form(member(request))}
    name = "customer/_composer.html" if request.headers.get("HX-Request") else "customer/composer.html"
    return render(request, name, context)


@requires("customer.read")
@require_POST
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note. Whoever may see a customer may note what they heard."""
    return _written(request, pk, NoteForm(request.POST), write_note, _("The note is on the timeline."))


@requires("customer.read")
@require_POST
def calls(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a call."""
    return _written(request, pk, CallForm(request.POST), log_call, _("The call is on the timeline."))


@requires("customer.read")
@require_POST
def meetings(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a meeting."""
    return _written(request, pk, MeetingForm(request.POST), hold_meeting, _("The meeting is on the timeline."))


@requires("customer.read")
@require_POST
def tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a task."""
    return _written(request, pk, TaskForm(request.POST, by=member(request)), set_task, _("The task is set."))


@requires("customer.read")
@require_POST
def promised(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a promise."""
    return _written(
        request, pk, PromiseForm(request.POST), make_promise, _("The promise is noted, and you are reminded of it.")
    )


@requires("customer.read")
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The files kept with the customer; another one is added."""
    if request.method == "POST":
        return _written(
            request, pk, FileForm(request.POST, request.FILES), _keep, _("The file is kept with the customer.")
        )
    party = access.party(member(request), pk)
    name = "customer/_files.html" if request.headers.get("HX-Request") else "customer/files.html"
    return render(request, name, {"party": party, "files": queries.files_of(party)})


@requires("customer.read")
@require_GET
def file(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    """Hand out a file; browsers save it and never show or run it."""
    party = access.party(member(request), pk)
    found = get_object_or_404(Attachment, pk=attachment, party=party)
    place = place_of(found.sha256)
    if not place.exists():
        raise Http404(found.sha256)
    answer = FileResponse(place.open("rb"), as_attachment=True, filename=found.name, content_type=found.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@requires("customer.write")
@require_POST
def file_removal(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """Take a file away."""
    party = access.party(member(request), pk, to="write")
    found = get_object_or_404(Attachment, pk=attachment, party=party)
    discard_file(attachment=found, by=member(request), at=clock.now())
    return done(request, _("The file was taken away."), back=_page(pk))


@requires("customer.read")
@require_GET
def owed(request: HttpRequest, pk: int) -> HttpResponse:
    """Promises and tasks of one customer."""
    party = access.party(member(request), pk)
    context = {
        "party": party,
        "promises": queries.open_promises(party),
        "tasks": queries.open_tasks(party),
        "today": clock.today(),
    }
    name = "customer/_owed.html" if request.headers.get("HX-Request") else "customer/owed.html"
    return render(request, name, context)


@requires("customer.read")
@require_POST
def keeping(request: HttpRequest, pk: int, promise: int) -> HttpResponse:
    """A promise was kept."""
    found = _promise(request, pk, promise)
    return _changed(
        request,
        pk,
        lambda: keep_promise(promise=found, by=member(request), at=clock.now()),
        _("The promise is kept."),
    )


@requires("customer.read")
@require_POST
def withdrawal(request: HttpRequest, pk: int, promise: int) -> HttpResponse:
    """A promise is taken back."""
    found, reason = _promise(request, pk, promise), request.POST.get("reason", "")
    return _changed(
        request,
        pk,
        lambda: withdraw_promise(promise=found, reason=reason, by=member(request), at=clock.now()),
        _("The promise was taken back."),
    )


@requires("customer.read")
@require_POST
def completion(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """A task is done."""
    found = get_object_or_404(Task, pk=task, party=access.party(member(request), pk))
    return _changed(
        request, pk, lambda: finish_task(task=found, by=member(request), at=clock.now()), _("The task is done.")
    )


@requires("customer.read")
@require_POST
def pinning(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    """Keep an entry on top, or let it go back."""
    found = get_object_or_404(Event, pk=event, party=access.party(member(request), pk))
    if "off" in request.POST:
        return _changed(request, pk, lambda: entries.unpin(event=found), _("The entry is no longer pinned."))
    return _changed(
        request, pk, lambda: entries.pin(event=found, by=member(request), at=clock.now()), _("The entry is pinned.")
    )


@requires("customer.read")
@require_POST
def striking(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    """Take back what one wrote."""
    found = get_object_or_404(Event, pk=event, party=access.party(member(request), pk))
    reason = request.POST.get("reason", "")
    return _changed(
        request,
        pk,
        lambda: entries.strike(event=found, reason=reason, by=member(request), at=clock.now()),
        _("It was taken back, and stays readable."),
    )


@requires("customer.read")
@require_GET
def agenda(request: HttpRequest) -> HttpResponse:
    """What oneself owes until tomorrow."""
    today = clock.today()
    context = {"agenda": queries.agenda_of(member(request), today + AHEAD), "today": today}
    name = "customer/_agenda.html" if request.headers.get("HX-Request") else "customer/agenda.html"
    return render(request, name, context)


@requires("customer.read")
@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """What all colleagues owe the customers one sees: broken promises first, and who promises how much."""
    user, today = member(request), clock.today()
    context = {
        "broken": queries.broken_promises(user, today),
        "pending": queries.pending_promises(user, today),
        "records": queries.promise_records(user, today),
        "today": today,
    }
    return render(request, "customer/promises.html", context)


def _written(request: HttpRequest, pk: int, form: forms.Form, write: Write, said: str) -> HttpResponse:
    party, back = access.party(member(request), pk), _page(pk)
    try:
        if not form.is_valid():
            raise UserError(" ".join(str(error) for errors in form.errors.values() for error in errors))
        write(party=party, **form.cleaned_data, by=member(request), at=clock.now())
    except UserError as error:
        return refused(request, error, back=back)
    return done(request, said, back=back)


def _keep(*, file: "UploadedFile[bytes]", **of_whom: Any) -> None:
    keep_file(name=file.name or "", blocks=file.chunks(), **of_whom)


def _changed(request: HttpRequest, pk: int, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except UserError as error:
        return refused(request, error, back=_page(pk))
    return done(request, said, back=way_back(request, _page(pk)))


def _promise(request: HttpRequest, pk: int, promise: int) -> Promise:
    return get_object_or_404(Promise, pk=promise, party=access.party(member(request), pk))


def _page(pk: int) -> str:
    return reverse("customer:customer", args=[pk])
