"""Requests of customers about their own data, from the day they come in to the day they are answered."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer import access
from guanxi.customer.jobs import carry_on_erasure
from guanxi.customer.models import PrivacyRequest
from guanxi.customer.privacy import actions
from guanxi.customer.privacy.dossier import dossier
from guanxi.customer.privacy.forms import ErasureForm, RequestForm
from guanxi.customer.privacy.planning import Plan, plan_of
from guanxi.customer.privacy.wording import failure_in_words, in_words, step_in_words
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError

MOST = 200
Act = Callable[[PrivacyRequest], None]


@requires("privacy.handle")
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """What is still to be answered, the most pressing first, and what was answered lately."""
    seen = Q(party=None) | Q(party__in=access.visible_parties(member(request)))
    every = PrivacyRequest.objects.filter(seen).select_related("received_by", "party")
    context = {
        "waiting": every.filter(finished_at=None, refused_at=None).order_by("due_on", "id")[:MOST],
        "answered": every.exclude(finished_at=None, refused_at=None).order_by("-id")[:MOST],
        "today": clock.today(),
    }
    return render(request, "customer/privacy/requests.html", context)


@requires("privacy.handle")
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a request of this customer."""
    party = access.party(member(request), pk)
    form = RequestForm(request.POST or None, initial={"received_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        made = actions.open_request(
            party=party,
            kind=form.cleaned_data["kind"],
            how=form.cleaned_data["how"],
            received_at=form.received_at(),
            by=member(request),
            at=clock.now(),
        )
        return redirect("customer:privacy-request", made.pk)
    context = {"party": party, "form": form}
    return render(request, "customer/privacy/opening.html", context, status=422 if form.errors else 200)


@requires("privacy.handle")
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: where it stands, what answering it means, and what was done."""
    asked = _found(request, pk)
    done = [
        (step_in_words(each.name), each.finished_at, [(in_words(what), rows) for what, rows in each.counts.items()])
        for each in asked.steps.order_by("id")
    ]
    context = {
        "asked": asked,
        "failure": failure_in_words(asked.failure),
        "plan": _plan(asked),
        "erasure_form": ErasureForm(),
        "done": done,
        "today": clock.today(),
        "states": PrivacyRequest.State,
    }
    return render(request, "customer/privacy/request.html", context)


def _plan(asked: PrivacyRequest) -> Plan | None:
    """What an erasure would do, until it is begun."""
    if asked.party is None or asked.state != PrivacyRequest.State.CHECKED or asked.kind != PrivacyRequest.Kind.ERASURE:
        return None
    return plan_of(asked.party)


@requires("privacy.handle")
@require_POST
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """The person is who they say."""
    how = request.POST.get("how", "").strip()[:200]
    if not how:
        return _back(request, pk, _("Say how you know who is asking, such as a call back to the number on record."))
    return _done(
        request, pk, lambda asked: actions.check_identity(request=asked, how=how, by=member(request), at=clock.now())
    )


@requires("privacy.handle")
@require_POST
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """It cannot be done, and why."""
    ground = request.POST.get("ground", "")
    return _done(
        request,
        pk,
        lambda asked: actions.refuse_request(request=asked, ground=ground, by=member(request), at=clock.now()),
    )


@requires("privacy.handle")
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy of everything held, to be handed to the customer. Nothing of it stays on the disk."""
    asked = _found(request, pk)
    if asked.party is None or asked.kind == PrivacyRequest.Kind.ERASURE:
        return _back(request, pk, _("There is nothing to hand out any more."))
    try:
        actions.note_answered(request=asked, by=member(request), at=clock.now())
    except UserError as error:
        return _back(request, pk, str(error))
    answer = HttpResponse(dossier(asked.party, clock.now()), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="personal-data-{asked.pk}.zip"'
    return answer


@requires("privacy.handle")
@require_POST
def erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase for good; it runs in the background, step by step."""
    asked = _found(request, pk)
    form = ErasureForm(request.POST)
    if not form.is_valid():
        return _back(request, pk, " ".join(str(error) for errors in form.errors.values() for error in errors))
    try:
        actions.start_erasure(request=asked, **form.chosen(), by=member(request), at=clock.now())
    except UserError as error:
        return _back(request, pk, str(error))
    carry_on_erasure.later(request_id=pk)
    return redirect("customer:privacy-request", pk)


@requires("privacy.handle")
@require_POST
def readmission(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer wants to be known again."""
    ground = request.POST.get("ground", "")[:200]
    return _done(
        request, pk, lambda asked: actions.readmit(request=asked, ground=ground, by=member(request), at=clock.now())
    )


def _found(request: HttpRequest, pk: int) -> PrivacyRequest:
    """The request, unless it is of a customer whom the colleague may not see."""
    people = ("received_by", "checked_by", "refused_by", "started_by", "readmission__by")
    found = get_object_or_404(PrivacyRequest.objects.select_related("party", *people), pk=pk)
    if found.party is not None:
        access.party(member(request), found.party.pk)
    return found


def _done(request: HttpRequest, pk: int, act: Act) -> HttpResponse:
    try:
        act(_found(request, pk))
    except UserError as error:
        return _back(request, pk, str(error))
    return redirect("customer:privacy-request", pk)


def _back(request: HttpRequest, pk: int, text: str) -> HttpResponse:
    messages.error(request, text)
    return redirect("customer:privacy-request", pk)
