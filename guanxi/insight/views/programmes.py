"""One programme: its verdict, its arms, its course."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer.access import visible_parties
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company.clock import now
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number_in
from guanxi.insight import programmes
from guanxi.insight.charts import course
from guanxi.insight.models import Assignment, Programme
from guanxi.insight.queries.loop import Line

ROWS = 100


@require_GET
@requires("loop.read")
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Programme, pk=pk)
    line = Line(found, found.verdicts.order_by("-measured_at", "-pk").first())
    counted = found.assignments.values_list("arm").annotate(number=Count("pk")).order_by()
    facts: dict[str, Any] = {
        "programme": found,
        "line": line,
        "sizes": dict.fromkeys(Assignment.Arm.values, 0) | dict(counted),
        "is_closed": hasattr(found, "closure"),
        "may_close": may(request.user, "programme.close"),
    }
    if line.figures:
        arms = line.figures["arms"]
        facts["arms"] = [(Assignment.Arm(key).label, key, arms[key]) for key in ("treated", "control")]
        facts["chart"] = course(line.figures["looks"])
        facts["first_exposure"] = datetime.fromisoformat(line.figures["first_exposure"])
    return render(request, "insight/programme.html", facts)


@require_POST
@requires("programme.close")
def measurement(request: HttpRequest, pk: int) -> HttpResponse:
    programmes.measure(programme=get_object_or_404(Programme, pk=pk), at=now())
    return redirect("insight:programme", pk)


@require_POST
@requires("programme.close")
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Programme, pk=pk)
    try:
        programmes.close_programme(programme=found, by=member(request), at=now())
    except UserError as problem:
        messages.error(request, str(problem))
        return redirect("insight:programme", pk)
    programmes.measure(programme=found, at=now())
    return redirect("insight:programme", pk)


@require_GET
@requires("loop.read")
def assignments(request: HttpRequest, pk: int) -> HttpResponse:
    """The customers of an arm, as far as this colleague may see them; `after` continues."""
    found = get_object_or_404(Programme, pk=pk)
    arm = request.GET.get("arm", "")
    if arm not in Assignment.Arm.values:
        arm = Assignment.Arm.TREATED
    after = whole_number_in(request.GET, "after") or 0
    mine = found.assignments.filter(arm=arm, party__in=visible_parties(member(request)))
    rows = list(mine.filter(pk__gt=after).select_related("party").order_by("pk")[: ROWS + 1])
    facts = {
        "programme": found,
        "arm": arm,
        "arm_name": Assignment.Arm(arm).label,
        "number": mine.count(),
        "rows": rows[:ROWS],
        "next": rows[ROWS - 1].pk if len(rows) > ROWS else None,
    }
    return render(request, "insight/assignments.html", facts)
