"""The page people live on: what to do next, and why."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer.access import visible_parties
from guanxi.customer.panels import panels
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company.clock import now
from guanxi.foundation.errors import UserError
from guanxi.insight import actions
from guanxi.insight.forms import AnswerForm
from guanxi.insight.models import Answer
from guanxi.insight.queries.freshness import freshness
from guanxi.insight.queries.loop import running_programmes
from guanxi.insight.queries.today import in_peace, ranked, this_month, together


@require_GET
@requires("today.read")
def today(request: HttpRequest) -> HttpResponse:
    at = now()
    found = ranked(member(request), at)
    return render(
        request,
        "insight/today.html",
        {
            "lines": found,
            "stake": together(found),
            "in_peace": in_peace(member(request), at),
            "asides": panels("today", None, request.user),
            "running": running_programmes(),
            "month": this_month(),
            "freshness": freshness(),
            "may_see_loop": may(request.user, "loop.read"),
            "may_see_models": may(request.user, "insight.read"),
            "may_refresh": may(request.user, "refresh.run"),
        },
    )


@require_POST
@requires("today.read")
def answer(request: HttpRequest, party: int) -> HttpResponse:
    customer = get_object_or_404(visible_parties(member(request), "today.read"), pk=party)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Choose done, not now or wrong."), status=422)
    try:
        given = actions.answer_suggestion(party=customer, by=member(request), at=now(), **form.cleaned_data)
    except UserError as problem:
        return HttpResponse(str(problem), status=422)
    if not request.headers.get("HX-Request"):
        return redirect("home")
    told = {
        "text": _("Noted for %(name)s.") % {"name": customer.name},
        "undo": reverse("insight:undoing", args=[given.pk]),
    }
    return HttpResponse("", headers={"HX-Trigger": json.dumps({"gx:toast": told})})


@require_POST
@requires("today.read")
def undoing(request: HttpRequest, pk: int) -> HttpResponse:
    within = visible_parties(member(request), "today.read")
    given = get_object_or_404(Answer, pk=pk, by=member(request), party__in=within)
    actions.undo_answer(answer=given, by=member(request), at=now())
    if not request.headers.get("HX-Request"):
        return redirect("home")
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})
